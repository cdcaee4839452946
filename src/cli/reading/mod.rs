//! What somebody else sent, looked up, checked and laid out.

pub mod checking;
pub mod issuers;
pub mod report_page;
pub mod subject;
pub mod unread;
