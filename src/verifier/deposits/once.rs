//! Two deposits of one credential count once (Open Badges 3.0 section 10): the one with the later first day.

use std::collections::HashMap;

use super::super::code::Code;
use super::super::deposit_report::DepositReport;
use super::super::finding::Finding;

/// Takes the count from every deposit that is another one again, or a sign-off that is in the bundle as such.
///
/// The very same bytes are one whatever holds them. By issuer and id alone only those are one whose signature fits:
/// anybody can write another's id into a statement of their own.
pub(super) fn count_once(
    reports: &mut [DepositReport],
    signed: &HashMap<(String, String), String>,
    findings: &mut Vec<Finding>,
) {
    let mut by_content = HashMap::new();
    let mut by_identity: HashMap<(String, String), usize> = HashMap::new();
    for at in 0..reports.len() {
        let one = &reports[at];
        let Some(check) = one.check.as_ref().filter(|_| one.counts) else { continue };
        let says = check.credential.as_ref().filter(|_| check.key.is_some());
        let first = *by_content.entry(one.content).or_insert(at);
        if first != at {
            let same_as = reports[first].same_as.clone().unwrap_or_else(|| reports[first].path.clone());
            not_again(&mut reports[at], same_as, findings);
            continue;
        }
        let Some(identity) = says.and_then(|says| says.identity()) else { continue };
        if let Some(path) = signed.get(&identity) {
            not_again(&mut reports[at], path.clone(), findings);
            continue;
        }
        let Some(earlier) = by_identity.insert(identity.clone(), at) else { continue };
        let begins = |report: &DepositReport| {
            report.check.as_ref().and_then(|check| check.credential.as_ref()).and_then(|says| says.valid_from)
        };
        if begins(&reports[at]) > begins(&reports[earlier]) {
            let same_as = reports[at].path.clone();
            not_again(&mut reports[earlier], same_as, findings);
        } else {
            let same_as = reports[earlier].path.clone();
            by_identity.insert(identity, earlier);
            not_again(&mut reports[at], same_as, findings);
        }
    }
}

fn not_again(report: &mut DepositReport, same_as: String, findings: &mut Vec<Finding>) {
    let detail = format!("the same as {same_as}");
    findings.push(Finding::new(Code::DepositRepeated, detail).about(report.path.clone()));
    report.counts = false;
    report.same_as = Some(same_as);
}
