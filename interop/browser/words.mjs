// What is awarded here, in six languages, as a university would write it; and names that are hard to set.

/** One achievement for each language, with its issuer's and its recipient's name. */
export const LANGUAGES = {
  es: {
    name: "Competencias en análisis de datos",
    description: "Recoge, depura, analiza y presenta datos para responder a una pregunta de su propio campo.",
    narrative: "## Cómo se obtiene\n\n1. **Taller** de dos días.\n2. **Tres trabajos**, evaluados por dos docentes.\n3. **Proyecto** ante un tribunal.",
    recipient: "María José Íñiguez Núñez",
  },
  fr: {
    name: "Compétences en analyse de données",
    description: "Recueille, nettoie, analyse et présente des données afin de répondre à une question de son domaine.",
    narrative: "## Comment l’obtenir\n\n1. **Atelier** de deux jours.\n2. **Trois travaux** notés par deux évaluateurs.\n3. **Projet** présenté devant un jury.",
    recipient: "Zoé Lefèvre-Müller",
  },
  de: {
    name: "Datenkompetenz für Nachhaltigkeitsberichterstattung",
    description: "Erhebt, bereinigt, analysiert und präsentiert Daten, um eine Frage aus dem eigenen Fachgebiet zu beantworten.",
    narrative: "## So wird sie erworben\n\n1. **Workshop** über zwei Tage.\n2. **Drei Aufgaben**, von zwei Personen bewertet.\n3. **Projekt** vor einer Prüfungskommission.",
    recipient: "Jörg Größenwald",
  },
  zh: {
    name: "应用数据技能",
    description: "收集、清洗、分析并展示数据，以回答本专业领域的问题。",
    narrative: "## 如何获得\n\n1. 参加为期两天的**工作坊**。\n2. 完成**三份作业**。\n3. 向评审小组展示**项目**。",
    recipient: "王小明",
  },
  ar: {
    name: "مهارات البيانات التطبيقية",
    description: "يجمع البيانات وينقّيها ويحلّلها ويعرضها للإجابة عن سؤال في مجال تخصصه.",
    narrative: "## كيف يُنال\n\n1. حضور **ورشة** مدتها يومان.\n2. تسليم **ثلاثة واجبات**.\n3. عرض **مشروع** أمام لجنة من ثلاثة أعضاء.",
    recipient: "ليلى بنت عبد الرحمن الخالدي",
  },
};

/** Names that break what is made for short ones, with the language that they are in. */
export const HARD_NAMES = {
  "without a space": { name: `Donaudampfschifffahrts${"elektrizitätenhauptbetriebswerkbauunterbeamten".repeat(3)}gesellschaft`, inLanguage: "de" },
  "very long": { name: "Applied skills in collecting, cleaning, analysing, presenting and defending data of one's own field in front of a panel ".repeat(2).trim(), inLanguage: "en" },
  "both directions": { name: "شهادة HTML5 & CSS3 (مستوى 2) – Level 2", inLanguage: "ar" },
  "signs and pictures": { name: "Bicycle 🚲 counting \"by hand\" & <by eye> 👩🏽‍🔬 ﷽ a̐éö̲", inLanguage: "en" },
};

/** The name that must be shown by a public award and to whom it concerns, and to nobody else. */
export const PERSON = "Ana Ruiz";
/** What may be seen nowhere at all. */
export const SECRET = "ana.ruiz@learner.example";
