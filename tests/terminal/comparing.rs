//! Offers side by side.

use snapbox::{assert_data_eq, str};

use crate::offers::with_two_offers;

#[test]
fn offers_stand_side_by_side_and_nothing_is_wider_than_the_screen() {
    let desk = with_two_offers();
    let shown = desk.run(&["offer", "compare", "acme-forecasting", "lumen-data"]);
    assert!(shown.out.lines().all(|line| line.chars().count() <= 80), "{}", shown.out);
    assert_data_eq!(
        shown.page(),
        str![[r#"
               acme-forecasting                 lumen-data
Organisation   Acme Retail Ltd                  Lumen Data
Role           data analyst intern              ? unknown
Days           1 Jun 2026 to 24 Jul 2026        ? unknown
Hours          240 hours                        ? unknown
Pay            yes, 2400 GBP per placement      no
Share          ? unknown                        ? unknown
Remote         partly: two days a week in       ? unknown
               Leeds
Report         yes                              ? unknown
Own copy       ? unknown                        ? unknown
Credential     yes                              ? unknown
Format         ? unknown                        ? unknown
Schema         ? unknown                        ? unknown
How to check   ? unknown                        ? unknown
Links live     ? unknown                        ? unknown
Story          student                          ? unknown
Ownership      them, once you are paid          ? unknown
Naming         yes                              ? unknown
Export         yes                              ? unknown
Confidential   partly, until 24 Jul 2027: the   ? unknown
               model code
Reuse          yes                              ? unknown
Device check   no                               ? unknown
Room check     no                               yes
Kept on you    ? unknown                        ? unknown

Still unknown: acme-forecasting 7, lumen-data 18. No score is computed.

Next: portfolio offer ask OFFER
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["offer", "compare", "acme-forecasting", "lumen-data", "--plain"]).page(),
        str![[r#"
Organisation	Acme Retail Ltd	Lumen Data
Role	data analyst intern	unknown
Days	1 Jun 2026 to 24 Jul 2026	unknown
Hours	240 hours	unknown
Pay	yes, 2400 GBP per placement	no
Share	unknown	unknown
Remote	partly: two days a week in Leeds	unknown
Report	yes	unknown
Own copy	unknown	unknown
Credential	yes	unknown
Format	unknown	unknown
Schema	unknown	unknown
How to check	unknown	unknown
Links live	unknown	unknown
Story	student	unknown
Ownership	them, once you are paid	unknown
Naming	yes	unknown
Export	yes	unknown
Confidential	partly, until 24 Jul 2027: the model code	unknown
Reuse	yes	unknown
Device check	no	unknown
Room check	no	yes
Kept on you	unknown	unknown
--- exit 0

"#]]
    );
    let wide =
        desk.run(&["offer", "compare", "acme-forecasting", "lumen-data", "acme-forecasting", "lumen-data"]);
    assert!(wide.out.lines().all(|line| line.chars().count() <= 80), "{}", wide.out);
}
