//! Home of the tests that look at the whole workspace; see the files beside this folder.
