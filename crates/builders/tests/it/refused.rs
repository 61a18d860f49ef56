//! What the types refuse: each file in `tests/ui` is a mistake that must not compile.

#[test]
fn mistakes_of_the_types_do_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
