//! Certificates to look at and to test with: each script, each layout, and texts that are too long.

#![allow(dead_code, unreachable_pub, reason = "the example and each test use a part")]

use accolade_certificate::{Attachment, Certificate, Fact, Labels, Paper};
use accolade_imaging::{Picture, PictureError};
use chrono::{DateTime, Utc};

/// A badge drawn for these samples.
const BADGE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600" width="600" height="600">
<defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#24487a"/><stop offset="1" stop-color="#142a4a"/></linearGradient></defs>
<path fill="url(#g)" d="M300 20 542 160v280L300 580 58 440V160z"/>
<path fill="none" stroke="#c9a24d" stroke-width="10" d="M300 58 509 179v242L300 542 91 421V179z"/>
<path fill="#f3e3ba" d="M300 160l33 93 99 2-79 60 29 95-82-56-82 56 29-95-79-60 99-2z"/>
<circle cx="240" cy="470" r="12" fill="#c9a24d"/><circle cx="300" cy="480" r="12" fill="#c9a24d"/><circle cx="360" cy="470" r="12" fill="#f3e3ba" opacity=".35"/>
</svg>"##;

/// The credential that is attached to every sample.
pub const CREDENTIAL: &str = r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"https://badges.example.edu/public/credentials/4kZ0v8mJQm","type":["VerifiableCredential","OpenBadgeCredential"],"name":"Ünïcode ✓"}"#;

/// The badge of the samples.
pub fn badge() -> Result<Picture, PictureError> {
    Picture::read(BADGE.as_bytes())
}

const ENGLISH: Labels<'static> = Labels {
    heading: "Certificate",
    awarded_to: "Awarded to",
    awarded_to_holder: "Awarded to the holder of this certificate",
    awarded_for: "for",
    results: "Results",
    criteria: "What had to be done",
    scan: "Scan to check this certificate",
    credential_id: "Credential",
    signed: "Signed electronically on 3 May 2026",
    attached: "The signed credential is attached to this file.",
    badge_alt: "The badge: a star on a blue hexagon",
    code_alt: "QR code that opens the credential's page",
};

const ARABIC: Labels<'static> = Labels {
    heading: "شهادة",
    awarded_to: "مُنحت إلى",
    awarded_to_holder: "مُنحت لحامل هذه الشهادة",
    awarded_for: "عن",
    results: "النتائج",
    criteria: "ما كان مطلوبًا",
    scan: "امسح الرمز للتحقق من هذه الشهادة",
    credential_id: "رقم الاعتماد",
    signed: "موقّعة إلكترونيًا في 3 مايو 2026",
    attached: "بيان الاعتماد الموقّع مرفق بهذا الملف.",
    badge_alt: "الشارة",
    code_alt: "رمز QR يفتح صفحة الاعتماد",
};

const CHINESE: Labels<'static> = Labels {
    heading: "证书",
    awarded_to: "兹授予",
    awarded_to_holder: "兹授予本证书持有人",
    awarded_for: "以表彰",
    results: "成绩",
    criteria: "要求",
    scan: "扫码核验本证书",
    credential_id: "凭证",
    signed: "电子签名，2026年5月3日",
    attached: "已签名的凭证附在本文件中。",
    badge_alt: "徽章",
    code_alt: "打开凭证页面的二维码",
};

const FACTS: &[Fact<'static>] = &[
    Fact { label: "Issued", value: "3 May 2026" },
    Fact { label: "Expires", value: "3 May 2029" },
    Fact { label: "Level", value: "EQF level 6" },
    Fact { label: "Workload", value: "125 hours" },
    Fact { label: "Credits", value: "5 ECTS" },
    Fact { label: "Form of participation", value: "Blended" },
];

const RESULTS: &[Fact<'static>] = &[
    Fact { label: "Final project", value: "Distinction" },
    Fact { label: "Written examination", value: "87 of 100 points" },
];

const CRITERIA: &str = "Complete all six modules, hand in the final project and defend it in an interview of 30 minutes.\n\
    The project is a reproducible analysis of a data set of at least 10,000 rows, with code, a report of 3,000 words and a \
    public poster. It is assessed by two examiners.";

/// A named certificate.
pub struct Sample {
    /// What the file is called.
    pub name: &'static str,
    /// The certificate.
    pub certificate: Certificate<'static>,
}

/// All samples. `badge` is [`badge`], leaked by the caller.
pub fn all(badge: &'static Picture) -> Vec<Sample> {
    let whole = plain(badge);
    let mut samples = vec![
        Sample { name: "english-a4", certificate: whole },
        Sample { name: "english-letter", certificate: Certificate { paper: Paper::Letter, ..whole } },
        Sample { name: "no-name", certificate: Certificate { recipient: None, ..whole } },
        Sample { name: "bare", certificate: bare(whole) },
        Sample {
            name: "revoked",
            certificate: Certificate {
                notice: Some("Revoked on 1 June 2026: the examination was repeated."),
                ..whole
            },
        },
        Sample { name: "long", certificate: long(whole) },
        Sample {
            name: "long-letter",
            certificate: Certificate {
                paper: Paper::Letter,
                notice: Some("Expired on 3 May 2026."),
                ..long(whole)
            },
        },
        Sample { name: "arabic", certificate: arabic(whole) },
        Sample { name: "chinese", certificate: chinese(whole) },
    ];
    samples.extend(names(whole));
    samples
}

/// The certificate every sample is made of.
pub fn plain(badge: &'static Picture) -> Certificate<'static> {
    Certificate {
        paper: Paper::A4,
        language: "en",
        content_language: None,
        labels: ENGLISH,
        notice: None,
        issuer: "University of Example",
        issuer_url: Some("https://www.example.edu/"),
        recipient: Some("Ada Lovelace"),
        title: "Applied Data Analysis with Open Government Data",
        badge,
        description: Some(
            "Finds, cleans, analyses and explains public data sets, and knows what they do not say.",
        ),
        facts: FACTS,
        results: RESULTS,
        criteria: Some(CRITERIA),
        page: "https://badges.example.edu/public/credentials/4kZ0v8mJQm2VtC9dYx1LrA",
        credential_id: "https://badges.example.edu/public/credentials/4kZ0v8mJQm2VtC9dYx1LrA",
        credential: Attachment {
            name: "credential.json",
            media_type: "application/ld+json",
            bytes: CREDENTIAL.as_bytes(),
            description: "The signed credential",
        },
        made: made(),
    }
}

/// 3 May 2026.
pub fn made() -> DateTime<Utc> {
    DateTime::from_timestamp(1_777_800_000, 0).unwrap_or_default()
}

fn bare(whole: Certificate<'static>) -> Certificate<'static> {
    Certificate {
        description: None,
        results: &[],
        criteria: None,
        facts: FACTS.split_at(1).0,
        issuer_url: None,
        title: "Fire Safety",
        ..whole
    }
}

fn long(whole: Certificate<'static>) -> Certificate<'static> {
    const LONG: &str = "The learner reads, understands and criticises statistical arguments in the press, in politics and in \
        science, plans surveys, knows the law of data protection, and explains to laypeople what follows from the numbers and \
        what does not. ";
    let words: &'static str = LONG.repeat(30).leak();
    const FACT: Fact<'static> = Fact {
        label: "A label that is much longer than labels are",
        value: "A value that goes on and on, and then somewhat further than anybody would want to read",
    };
    Certificate {
        recipient: Some(
            "Doña María de los Ángeles Fernández-Montenegro y García de la Vega, Condesa de Sástago y Marquesa viuda de Aguilar",
        ),
        title: "Advanced Interdisciplinary Studies in the Responsible Conduct, Statistical Evaluation and Public Communication of Large-Scale Longitudinal Research Programmes in the European Higher Education Area and beyond",
        issuer: "Rheinisch-Westfälische Technische Donaudampfschifffahrtsgesellschaftshochschule für angewandte Wissenschaften und Künste, Fachbereich Informatik",
        description: Some(words),
        facts: &[FACT; 9],
        results: &[FACT; 9],
        criteria: Some(words),
        page: "https://badges.rheinisch-westfaelische-donaudampfschifffahrtsgesellschaft.example.edu/public/credentials/4kZ0v8mJQm2VtC9dYx1LrA",
        ..whole
    }
}

fn arabic(whole: Certificate<'static>) -> Certificate<'static> {
    Certificate {
        language: "ar",
        labels: ARABIC,
        issuer: "جامعة المثال",
        recipient: Some("فاطمة الزهراء بنت محمد"),
        title: "تحليل البيانات المفتوحة باستخدام Python 3",
        description: Some(
            "يجد مجموعات البيانات العامة وينظفها ويحللها ويشرح ما تقوله وما لا تقوله (المستوى 6).",
        ),
        facts: &[
            Fact { label: "تاريخ الإصدار", value: "3 مايو 2026" },
            Fact { label: "تنتهي في", value: "3 مايو 2029" },
            Fact { label: "المستوى", value: "المستوى 6 من EQF" },
        ],
        results: &[Fact { label: "المشروع النهائي", value: "امتياز" }],
        criteria: Some("إكمال الوحدات الست وتسليم المشروع النهائي والدفاع عنه في مقابلة مدتها 30 دقيقة."),
        ..whole
    }
}

fn chinese(whole: Certificate<'static>) -> Certificate<'static> {
    Certificate {
        language: "zh-Hans",
        labels: CHINESE,
        issuer: "示例大学",
        recipient: Some("王小明"),
        title: "开放政府数据的应用分析",
        description: Some("能够查找、清洗、分析并解释公共数据集，并了解其局限。"),
        criteria: Some("完成全部六个模块，提交结业项目，并通过三十分钟的答辩。"),
        ..whole
    }
}

fn names(whole: Certificate<'static>) -> Vec<Sample> {
    const NAMES: &[(&str, &str, &str)] = &[
        ("vietnamese", "Nguyễn Thị Ánh Tuyết", "Phân tích dữ liệu mở"),
        ("polish", "Zażółć Gęślą-Jaźń", "Źródła i łańcuchy danych"),
        ("greek", "Ελένη Παπαδοπούλου", "Ἀνάλυσις δεδομένων"),
        ("cyrillic", "Анастасия Щербакова-Їжакевич", "Анализ открытых данных"),
        ("hebrew", "יוֹסֵף בֶּן־צְבִי (Joseph)", "ניתוח נתונים פתוחים"),
        (
            "combining",
            "Z͑ö́ë̂ J̌a̧ne\u{0301} O\u{0328}\u{0304}",
            "Combining marks a\u{0308}o\u{0308}u\u{0308} x̄ y̌",
        ),
        ("mixed", "Omar عمر Ωμέγα Юрий", "Data – بيانات – Δεδομένα – Данные"),
        ("missing", "ᚠᚢᚦ 𓀀 Ada \u{E000}", "Egyptian 𓀀𓁀 in the title"),
    ];
    NAMES
        .iter()
        .map(|(name, recipient, title)| Sample {
            name,
            certificate: Certificate { recipient: Some(recipient), title, ..whole },
        })
        .collect()
}
