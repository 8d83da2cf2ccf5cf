/** A text that people and offices write, which must come out of a paper as it went in. */
export interface Probe {
  readonly name: string
  readonly text: string
}

const probe = (name: string, text: string): Probe => ({ name, text })

/** One letter of a script, with the marks, joiners and lines that belong to it. */
const letterOf = (script: string) => `(?=\\p{L})\\p{Script=${script}}[\\p{M}\\u200c\\u0640]*`
const STRETCHES = ['Arabic', 'Cyrillic', 'Latin'].map(
  (script) => new RegExp(`${letterOf(script)}(?:[^\\p{L}\\p{N}]*${letterOf(script)})*`, 'gu'),
)

/** The stretches of a text in letters of one script with the signs between them: a number or another script parts two. */
export function stretchesOf(text: string): readonly string[] {
  return STRETCHES.flatMap((stretch) => [...text.matchAll(stretch)].map(([found]) => found))
}

const ARABIC = [
  probe('ar: lam-alef', 'لا إلى الآن ولا لأحد'),
  probe('ar: lam-alef in a word', 'السلام والإسلام والأولاد والآباء'),
  probe('ar: harakat', 'مُحَمَّدٌ بْنُ عَبْدِ اللَّهِ'),
  probe('ar: harakat on lam-alef', 'أوَّلًا وَلِأَجْلِ الْآخَرِ'),
  probe('ar: shadda and tanwin', 'حقًّا وفورًا وشكرًا'),
  probe('ar: name', 'عبد الرحمن الأحمد'),
  probe('ar: hamza', 'مؤمن، سؤال، شيء، بيئة، قراءة'),
  probe('ar: questions', 'لماذا سألتم؟ ومتى؛ وأين، وكيف!'),
  probe('ar: brackets', 'الاسم (كما في الجواز) خطأ'),
  probe('ar: brackets in brackets', 'رقم (انظر [المرفق] أدناه) صحيح'),
  probe('ar: quotation marks', 'كتبوا «سعيد» بدل «سعد»'),
  probe('ar: day', 'ولدت في 12.03.1990 في حلب'),
  probe('ar: Arabic digits', 'الصفحة ٤٥ من ١٢٣'),
  probe('ar: file number', 'رقم الملف ABH-2024/00123-K هنا'),
  probe('ar: file number at the end', 'رقم الملف هو 5 K 1234/25'),
  probe('ar: telephone', 'هاتف +49 221 123456-78 مساءً'),
  probe('ar: amount', 'دفعت 1.234,50 € أي 25% منها'),
  probe('ar: Latin word', 'أسكن في Köln منذ سنتين'),
  probe('ar: Latin words', 'مكتب Ausländerbehörde Köln-Nord لم يجب'),
  probe('ar: German bracket', 'المكتب (Jobcenter Pforzheim) سأل'),
  probe('ar: law', 'حسب § 25 Abs. 1 AufenthG لي حق'),
  probe('ar: address of mail', 'البريد amina.k@example.org صحيح'),
  probe('ar: kashida', 'الـعـنـوان'),
  probe('ar: long word', 'وسيستخدمونهالمصلحتهم وأفاستسقيناكموها'),
] as const

const PERSIAN = [
  probe('fa: own letters', 'پدر چای ژاله گچ گریه کودک یکی'),
  probe('fa: name', 'ژیلا پورچیستا گل‌محمدی'),
  probe('fa: joiner', 'می‌خواهم کتاب‌هایم را نمی‌بینم'),
  probe('fa: joiner before yeh', 'خانه‌ای که نامه‌ی من در آن است'),
  probe('fa: heh with hamza', 'خانهٔ ما و نامهٔ شما'),
  probe('fa: Persian digits', 'شماره ۱۲۳۴۵ تاریخ ۱۴۰۴/۰۹/۰۹'),
  probe('fa: Latin digits', 'در سال 2025 سه بار'),
  probe('fa: Latin word', 'من در Nürnberg زندگی می‌کنم'),
  probe('fa: brackets', 'نام (پدر) اشتباه است'),
  probe('fa: quotation marks', 'نوشته‌اند «کریمی» نه «کرمی»'),
  probe('fa: file number', 'پرونده AZ-77/2025 درباره‌ی من'),
  probe('fa: questions', 'چرا؟ چه کسی؛ کِی، کجا!'),
  probe('fa: long word', 'دانشجویان‌شان‌بودندوخواهندبود'),
  probe('fa: Dari', 'مکتوب پوهنتون کابل را نیاورده‌ام'),
] as const

const CYRILLIC = [
  probe('uk: own letters', 'Ґанок, їжак, єдність, пам’ять, інший'),
  probe('uk: name', 'Євгенія Їжакевич-Ґудзь'),
  probe('uk: sentence', 'Моє прізвище написано неправильно.'),
  probe('uk: Latin', 'Живу в Reutlingen з 12.03.2022 року'),
  probe('ru: own letters', 'Объявление: съёмка, этот, рыба, вьюга'),
  probe('ru: name', 'Пётр Ильич Щёголев'),
  probe('ru: brackets', 'Дата (в паспорте) [стр. 5] другая'),
  probe('ru: long word', 'рентгеноэлектрокардиографического'),
] as const

const LATIN = [
  probe('tr', 'İstanbul’da ılık, ığdır, Çağrı Şahinoğlu'),
  probe('vi', 'Nguyễn Thị Phương Ánh'),
  probe('de: long word', 'Aufenthaltserlaubnisverlängerungsantragsbearbeitungsfrist'),
  probe('de: ligatures', 'Schifffahrt, Auffassung, fließend, Öffentlichkeit'),
  probe('de: with Arabic', 'Herr Ahmed (أحمد) aus Aleppo (حلب), 34 J.'),
  probe('de: with Persian', 'Der Name گل‌محمدی steht falsch.'),
  probe('de: with Cyrillic', 'Frau Їжакевич, geb. Ґудзь'),
  probe('lists of numbers', 'AZR 990000000017; ID 01 234 567 890'),
] as const

/** Every probe; each stands in papers as somebody's words. */
export const PROBES: readonly Probe[] = [...ARABIC, ...PERSIAN, ...CYRILLIC, ...LATIN]
