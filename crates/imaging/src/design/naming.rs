//! A design from nothing but a name.

use sha2::{Digest, Sha256};

use super::icons;
use super::level::Level;
use super::palette::NAMED;
use super::ribbon;
use super::ring::Ring;
use super::shape::Shape;
use super::texture::Texture;
use super::{Design, Emblem};

/// Beginnings of words, in several languages, and the icon they ask for; the first that is found counts.
const MEANINGS: &[(&str, &[&str])] = &[
    (
        "robot",
        &[
            "ai ",
            "artificial intel",
            "machine learn",
            "robot",
            "künstliche intel",
            "intelligence artif",
            "inteligencia artif",
            "ذكاء اصطناعي",
            "人工智能",
        ],
    ),
    (
        "security",
        &["secur", "cyber", "sicherheit", "sécurit", "seguridad", "datenschutz", "privacy", "أمن", "安全"],
    ),
    (
        "database",
        &["database", "sql", "datenbank", "base de données", "bases de datos", "قواعد البيانات", "数据库"],
    ),
    (
        "chart",
        &[
            "data",
            "daten",
            "donnée",
            "datos",
            "statisti",
            "estadístic",
            "analytic",
            "analys",
            "análisis",
            "بيانات",
            "数据",
            "统计",
        ],
    ),
    (
        "code",
        &[
            "program",
            "software",
            "coding",
            "code",
            "web dev",
            "python",
            "java",
            "rust",
            "développ",
            "desarroll",
            "entwickl",
            "informati",
            "برمجة",
            "编程",
        ],
    ),
    (
        "language",
        &[
            "language",
            "sprach",
            "langue",
            "idioma",
            "lengua",
            "english",
            "englisch",
            "anglais",
            "inglés",
            "deutsch",
            "german",
            "français",
            "french",
            "spanish",
            "español",
            "arabic",
            "chinese",
            "translat",
            "لغة",
            "العربية",
            "语言",
            "中文",
            "汉语",
            "英语",
        ],
    ),
    (
        "heart",
        &[
            "health",
            "gesund",
            "santé",
            "salud",
            "nurs",
            "pflege",
            "soins",
            "enfermer",
            "medic",
            "mediz",
            "first aid",
            "erste hilfe",
            "صحة",
            "健康",
            "护理",
        ],
    ),
    ("math", &["math", "matemát", "algebra", "calculus", "arithm", "رياضيات", "数学"]),
    ("atom", &["physic", "physik", "physique", "física", "quant", "nuclear", "فيزياء", "物理"]),
    ("flask", &["chem", "chim", "quím", "lab", "scien", "wissenschaft", "ciencia", "كيمياء", "化学", "科学"]),
    (
        "leaf",
        &[
            "sustain", "nachhalt", "durab", "sostenib", "environ", "umwelt", "climat", "klima", "ecolog",
            "ökolog", "biolog", "بيئة", "环境", "生物",
        ],
    ),
    ("sprout", &["agricult", "garden", "garten", "jardin", "forest", "wald", "زراعة", "农业"]),
    ("drop", &["water", "wasser", "eau", "agua", "swim", "schwimm", "مياه"]),
    ("sun", &["energy", "energie", "énergie", "energía", "solar", "طاقة", "能源"]),
    (
        "scales",
        &[
            "law",
            "recht",
            "droit",
            "derecho",
            "legal",
            "ethic",
            "ethik",
            "éthique",
            "justice",
            "قانون",
            "法律",
        ],
    ),
    (
        "people",
        &[
            "team",
            "leader",
            "führung",
            "community",
            "collab",
            "social",
            "sozial",
            "liderazgo",
            "manag",
            "قيادة",
            "领导",
            "管理",
        ],
    ),
    ("microphone", &["speak", "speech", "present", "rhetor", "podcast", "redner", "خطابة", "演讲"]),
    ("chat", &["communic", "kommunik", "comunica", "negotiat", "تواصل", "沟通"]),
    (
        "briefcase",
        &[
            "business",
            "econom",
            "wirtschaft",
            "économ",
            "empresa",
            "entrepreneur",
            "market",
            "financ",
            "finanz",
            "account",
            "أعمال",
            "商业",
            "经济",
        ],
    ),
    ("rocket", &["startup", "start-up", "innovat", "launch", "space", "raumfahrt", "ابتكار", "创新"]),
    ("palette", &["art", "kunst", "design", "paint", "malerei", "peinture", "diseño", "فن", "艺术", "设计"]),
    ("music", &["music", "musik", "musique", "música", "choir", "chor", "piano", "موسيقى", "音乐"]),
    ("camera", &["photo", "foto", "film", "video", "vidéo", "تصوير", "摄影"]),
    ("scissors", &["textil", "fashion", "mode ", "tailor", "schneider", "couture", "hair", "friseur"]),
    ("chef", &["cook", "koch", "cuisin", "cocina", "bak", "bäck", "food", "gastro", "طبخ", "烹饪"]),
    (
        "wrench",
        &[
            "craft",
            "handwerk",
            "repair",
            "reparat",
            "mechanic",
            "mechan",
            "weld",
            "schweiß",
            "carpent",
            "maintenance",
            "صيانة",
        ],
    ),
    (
        "gear",
        &[
            "engineer",
            "ingenieur",
            "ingénier",
            "ingenier",
            "techni",
            "technolog",
            "tecnolog",
            "هندسة",
            "工程",
            "技术",
        ],
    ),
    (
        "globe",
        &["geograph", "global", "international", "europ", "world", "monde", "mundo", "جغرافيا", "地理"],
    ),
    (
        "institution",
        &["histor", "geschichte", "politic", "politik", "civic", "government", "museum", "تاريخ", "历史"],
    ),
    ("pencil", &["writ", "schreib", "écri", "escrit", "journal", "author", "كتابة", "写作"]),
    ("book", &["read", "liter", "lesen", "lecture", "lectura", "librar", "biblio", "أدب", "文学", "阅读"]),
    ("magnifier", &["research", "forsch", "recherche", "investig", "method", "بحث", "研究"]),
    ("anchor", &["marine", "sail", "segel", "maritime", "ocean", "بحر"]),
    ("mountain", &["climb", "outdoor", "hik", "wander", "sport", "رياضة", "体育"]),
    (
        "lightbulb",
        &["creativ", "kreativ", "créativ", "idea", "think", "denken", "pensamiento", "إبداع", "思维"],
    ),
    (
        "graduation",
        &[
            "teach",
            "lehr",
            "enseign",
            "docen",
            "pedagog",
            "pädagog",
            "didact",
            "educat",
            "bildung",
            "تعليم",
            "教育",
            "教学",
        ],
    ),
];

/// What stands for anything else.
const GENERAL: &[&str] = &[
    "star",
    "torch",
    "graduation",
    "book",
    "compass",
    "target",
    "trophy",
    "medal",
    "mountain",
    "lightbulb",
    "key",
    "puzzle",
    "institution",
    "flower",
];

/// The design of a name.
pub(super) fn design(name: &str) -> Design {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let digest = Sha256::digest(name.as_bytes());
    let mut bytes = digest.iter().copied();
    let mut pick = |count: usize| usize::from(bytes.next().unwrap_or(0)) % count.max(1);
    let palette = NAMED.get(pick(NAMED.len())).map_or(NAMED[0], |named| *named);
    let shape = Shape::ALL.get(pick(Shape::ALL.len())).copied().unwrap_or(Shape::Circle);
    let ring = Ring::ALL.get(1 + pick(Ring::ALL.len() - 1)).copied().unwrap_or(Ring::Line);
    let texture = Texture::ALL.get(pick(Texture::ALL.len())).copied().unwrap_or(Texture::Plain);
    let general = GENERAL.get(pick(GENERAL.len())).copied().unwrap_or("star");
    let icon = icons::named(meaning(&name).unwrap_or(general)).unwrap_or(super::FALLBACK);
    let ribbon = ribbon::fitted(&name).is_ok().then(|| name.clone());
    let emblem = level_code(&name).map_or(Emblem::Icon(icon.0), Emblem::Monogram);
    Design { shape, ring, texture, emblem, ribbon, palette: palette.1, level: None::<Level> }
}

fn meaning(name: &str) -> Option<&'static str> {
    let name = format!("{} ", name.to_lowercase());
    let begins = |stem: &&str| {
        let mut places = name.match_indices(*stem).map(|(place, _)| place);
        places.any(|place| {
            let before = name.get(..place).and_then(|start| start.chars().next_back());
            // Chinese has no spaces between words, and Arabic joins its article to them.
            before.is_none_or(|before| !before.is_alphabetic()) || !stem.is_ascii()
        })
    };
    MEANINGS.iter().find(|(_, stems)| stems.iter().any(begins)).map(|(icon, _)| *icon)
}

/// A level of the [Common European Framework of Reference](https://www.coe.int/en/web/common-european-framework-reference-languages)
/// among the words of a name, which says more than any icon.
fn level_code(name: &str) -> Option<String> {
    let words = name.split(|c: char| !c.is_alphanumeric());
    words.map(str::to_uppercase).find(|word| matches!(word.as_str(), "A1" | "A2" | "B1" | "B2" | "C1" | "C2"))
}
