//! Strings that some reader takes for something else, or that end a scalar early.

/// Words and numbers of YAML 1.1, YAML 1.2, Go and Python, which are strings here.
const LOOKALIKES: &[&str] = &[
    "", "~", "null", "Null", "NULL", "nULL", "y", "Y", "n", "N", "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off",
    "OFF", "true", "True", "TRUE", "tRUE", "false", "False", "FALSE", "0", "1", "-1", "+1", "00", "01", "007", "08", "09", "0o7", "0o17",
    "-0o7", "0x1", "0X1F", "-0x1f", "0xdeadbeef", "0b1", "0b1010", "-0b1", "1_0", "1_000", "1_000.5", "1__0", "_1", "0_7", "0x1_F", "1,000",
    "1:30", "190:20:30", "1:30.5", "-1:30", "12:34:56", "1.0", "1.", ".5", "-.5", "+.5", "1.5e3", "1e3", "1E3", "1e+3", "1e-3", "1.0e+20",
    "-1.5E-7", "0e0", "0e12345", "12e03", "685230.15", "6.8523015e+5", "0x1p-2", "1.2.3", "1.2.3.4", "10.0.0.0/16", "::1", "fe80::1", "1::",
    ".inf", ".Inf", ".INF", "-.inf", "+.inf", ".nan", ".NaN", ".NAN", "inf", "-inf", "+inf", "Infinity", "-Infinity", "nan", "NaN",
    "2026-11-21", "2026-1-2", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.10 -5", "2001-12-15 2:59:43.10", "2026-11-21T12:00:00Z",
    "<<", "=", "<", "<=", "!", "!!str", "!tag x", "&a", "&anchor b", "*", "*alias", "**", "?", "? a", "?a", ":", ": a", ":a", "::", "-", "- a",
    "-a", "--", "---", "--- a", "----", "--flag", "--flag=value", "-Xmx512m", "-1a", "...", "... a", "..", ".", "./a", "../a", ".hidden", ".e5",
    "%", "%YAML 1.2", "@", "@a", "`", "`a`", "|", "| a", "|-", ">", "> a", ">-", "#", "# a", "#a", "a #b", "a# b", "a#b", "a # b", "a  #b", "a\t#b",
    ",", ",a", "a,b", "[", "[]", "[a]", "]", "a]", "{", "{}", "{a: b}", "{{ template }}", "}", "a}", "a[0]", "a{b}", "$", "$(VAR)", "${VAR}",
    "$1", "(a)", "^a$", "a: b", "a:b", "a:", "a: ", "a :b", "a : b", "a:\tb", "http://example.com:80/a?b=c&d=e#f", "key: [1, 2]", "a?b",
    "a ? b", "a - b", "a-", "a|b", "a > b", "a && b", "a & b", "*.example.com", "a*", "100%", "%a", "25%", "250m", "0.5", "256Mi", "1Gi", "5m",
    "1d", "15d", "2h45m", "30s", "1e", "e1", "1e3m", "0xyz", "0x", "0b", "0o", "0b2", "08h",
];

/// Quotes, blanks, line breaks and characters beyond ASCII.
const CHARACTERS: &[&str] = &[
    "'", "''", "\"", "\"\"", "'a'", "\"a\"", "it's", "say \"hi\"", "it's \"both\"", "'a", "\"a", "a'", "\\", "\\n", "a\\b", "\\d+", "^\\.$",
    "\\\"", "C:\\dir", "{\"a\": 1}", "{\"a\": \"it's\"}", " ", "  ", " a", "a ", " a ", "a  b", "\t", "\ta", "a\t", "a\tb", " \t ", "\r", "\r\n",
    "a\r", "a\rb", "a\r\nb", "\u{0}", "\u{1}", "\u{7}", "\u{8}", "\u{b}", "\u{c}", "\u{1b}[0m", "a\u{0}b", "\u{7f}", "\u{80}", "\u{84}",
    "\u{85}", "a\u{85}b", "\u{9f}", "\u{a0}", "a\u{a0}", "\u{a0}a", "\u{ad}", "\u{2028}", "\u{2029}", "a\u{2028}b", "\u{feff}", "\u{feff}a",
    "a\u{feff}b", "\u{fffd}", "\u{fffe}", "\u{ffff}", "\u{10ffff}", "\u{200b}", "\u{200d}", "\u{202e}abc", "\u{2066}", "é", "éa: b", "naïve",
    "日本語", "日本語: a", "ß", "ÿ", "🦀", "a🦀b", "\u{1d54f}", "e\u{301}", "٣", "½", "«»", "–", "—a", "…", "\u{3000}", "\u{e000}",
];

/// Text of several lines.
const LINES: &[&str] = &[
    "\n", "\n\n", "\n\n\n", "a\n", "a\n\n", "a\n\n\n", "\na", "\n\na", "\na\n", "a\nb", "a\nb\n", "a\nb\n\n", "a\n\nb", "a\n\n\nb\n", " a\nb",
    " a\n b\n", "  a\nb\n", "a\n b\n  c\n", "\n a\nb", "\n\n  a\n", "\ta\nb", "\ta\n", "a\n\tb\n", "a \nb", "a \nb \n", "a\nb ", "a\t\nb\t\n",
    " \na", "  \n a\n", "\t\na", "a\n ", "a\n \n", "a\n  \nb", "a\n\t\nb\n", "a\n\t", " \n", "\n ", " \n ", "a\r\nb\r\n", "a\nb\r", "a\rb\nc",
    "#a\nb", "# a\n# b\n", "a\n# b\n", "- a\n- b\n", "a: b\nc: d\n", "---\na\n---\nb\n", "...\n", "a\n...\nb", "--- \n", "%a\n", "|\n", "|2\na",
    "'a\nb'", "\"a\nb\"", "a\\\nb", "yes\n", "1\n", "a\u{85}\nb", "a\u{2028}\nb", "a\u{0}\nb", "é\n日本\n", "\u{feff}a\nb", "a\n\u{feff}b\n",
    "a\u{a0}\nb\n", "\u{a0}\na", "\u{3000}a\nb", "a:\n", ": a\n", "a\n  b:\n    - c\n\n  d: |\n    e\n", "* a\n&b\n", "{\n  \"a\": 1\n}\n", "[a]\n",
    "#!/bin/sh\nset -eu\nif true; then\n\techo \"$1\"\nfi\n",
];

/// All of them.
pub(crate) fn strings() -> impl Iterator<Item = &'static str> {
    LOOKALIKES.iter().chain(CHARACTERS).chain(LINES).copied()
}
