//! A credential made from a request, the marks, a key and a time: pure, and exactly what was shown is what is signed.
