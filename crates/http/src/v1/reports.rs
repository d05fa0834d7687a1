//! Reports: how far those who enrolled have come.

use accolade_issuing::{CohortReport, EarningReport};
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};

use crate::input::{Id, Parameters, bad_parameter};
use crate::permit::{EnrolmentsRead, Permit};
use crate::problem::{Kind, Problem};
use crate::reply::{self, Reply};
use crate::schema::{self, ReadProblems};
use crate::state::AppState;

/// Tell how far those who enrolled for an achievement have come.
///
/// All together and by cohort: how many enrolled, began, completed and hold the award, and how long they took. As CSV with
/// `format=csv` or `Accept: text/csv`: a line for each cohort, and the last one for all together.
#[utoipa::path(operation_id = "getEarningReport", tag = "Earning", security(("apiKey" = ["enrolments:read"])),
    params(
        ("id" = String, Path, description = "The achievement's `id`."),
        ("cohort" = Option<schema::Wanted>, Query, nullable = false, description = "Only of this cohort."),
        ("format" = Option<schema::ReportFormat>, Query, nullable = false, description = "`json` or `csv`; else what `Accept` says, else JSON.")
    ),
    responses(
        (status = 200, description = "The report.", content((schema::EarningReportView = "application/json"), (schema::ReportTable = "text/csv"))),
        ReadProblems
    ))]
#[get("/v1/achievements/{id}/report")]
pub(crate) async fn get_earning_report(
    state: Data<AppState>,
    req: HttpRequest,
    permit: Permit<EnrolmentsRead, (Id, Parameters)>,
) -> Reply {
    let (caller, (Id(achievement), query)) = (permit.caller, permit.input);
    let as_table = wants_table(&req, &query)?;
    let cohort = query.text("cohort")?;
    let report = move |office: &accolade_issuing::Office| {
        office.earning_report(&caller, &achievement, cohort.as_deref())
    };
    let report = state.ask(report).await?;
    if !as_table {
        return reply::json(StatusCode::OK, &report);
    }
    let mut reply = HttpResponse::Ok();
    reply.insert_header((header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present"));
    reply.insert_header((header::CACHE_CONTROL, "no-store"));
    reply.insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"report.csv\""));
    let table = table(&report).map_err(|_| Problem::new(Kind::Internal, "the reply cannot be written"))?;
    Ok(reply.body(table))
}

fn wants_table(req: &HttpRequest, query: &Parameters) -> Result<bool, Problem> {
    match query.text("format")?.as_deref() {
        Some("csv") => Ok(true),
        Some("json") => Ok(false),
        Some(_) => Err(bad_parameter("format", "choice", "format is json or csv".to_owned())),
        None => {
            let accepted = req.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
            let named = |wanted: &str| {
                let kinds = accepted.unwrap_or_default().split(',').filter_map(|kind| kind.split(';').next());
                kinds.map(str::trim).any(|kind| kind.eq_ignore_ascii_case(wanted))
            };
            Ok(named("text/csv") && !named("application/json"))
        }
    }
}

const HEAD: [&str; 10] = [
    "cohort",
    "enrolled",
    "active",
    "completed",
    "awaiting",
    "awarded",
    "withdrawn",
    "medianDays",
    "p10Days",
    "p90Days",
];

fn table(report: &EarningReport) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(HEAD)?;
    for cohort in &report.cohorts {
        table.write_record(line(cohort, cohort.cohort.as_deref().unwrap_or_default()))?;
    }
    table.write_record(line(&report.total, "(all)"))?;
    table.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

fn line(report: &CohortReport, name: &str) -> [String; 10] {
    let days = |of: fn(&accolade_issuing::Days) -> f64| {
        report.days.as_ref().map(|days| format!("{:.1}", of(days))).unwrap_or_default()
    };
    let counts =
        [report.enrolled, report.active, report.completed, report.awaiting, report.awarded, report.withdrawn];
    let [enrolled, active, completed, awaiting, awarded, withdrawn] = counts.map(|count| count.to_string());
    let (median, p10, p90) = (days(|days| days.median), days(|days| days.p10), days(|days| days.p90));
    [inert(name), enrolled, active, completed, awaiting, awarded, withdrawn, median, p10, p90]
}

/// A text that no spreadsheet takes for a formula
/// ([CSV injection](https://owasp.org/www-community/attacks/CSV_Injection)).
fn inert(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use accolade_issuing::Days;

    use super::*;

    #[test]
    fn a_report_is_a_line_for_each_cohort_and_one_for_all() {
        let cohort = |name: Option<&str>, days| CohortReport {
            cohort: name.map(str::to_owned),
            enrolled: 3,
            active: 2,
            completed: 1,
            awaiting: 0,
            awarded: 1,
            withdrawn: 1,
            days,
        };
        let days = Some(Days { median: 4.25, p10: 1.0, p90: 9.96 });
        let report = EarningReport {
            achievement_id: "a".into(),
            total: cohort(None, days),
            cohorts: vec![cohort(Some("=1+1, autumn"), days), cohort(None, None)],
        };
        let text = String::from_utf8(table(&report).unwrap()).unwrap();
        let wanted = "cohort,enrolled,active,completed,awaiting,awarded,withdrawn,medianDays,p10Days,p90Days\n\
            \"'=1+1, autumn\",3,2,1,0,1,1,4.2,1.0,10.0\n,3,2,1,0,1,1,,,\n(all),3,2,1,0,1,1,4.2,1.0,10.0\n";
        assert_eq!(text, wanted);
    }
}
