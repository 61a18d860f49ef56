//! Bad literals do not compile.

#[test]
fn bad_literals_do_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
