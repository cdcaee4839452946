//! The terms of the Digital Credentials Consortium's learning credentials (dcc/v1).

/// The URL that names this context.
pub(super) const URL: &str = "https://w3id.org/dcc/v1";

pub(super) const TERMS: &str = "
EducationalOccupationalCredential =schemah:EducationalOccupationalCredential
EducationalOccupationalProgram =schemah:EducationalOccupationalProgram
Course =schemah:Course
CourseInstance =schemah:CourseInstance
Person =schemah:Person
name =schemah:name
url =schemah:url
identifier =schemah:identifier
courseCode =schemah:courseCode
numberOfCredits =schemah:numberOfCredits
startDate =schemah:startDate
endDate =schemah:endDate
value =schemah:value
educationalCredentialAwarded =schemah:educationalCredentialAwarded
hasCourseInstance =schemah:hasCourseInstance
description schemah:description
image schemah:image @id
awardedOnCompletionOf ^schemah:educationalCredentialAwarded
competencyRequired =schemah:EducationalOccupationalCredential#competencyRequired
credentialCategory =schemah:EducationalOccupationalCredential#credentialCategory
hasCredential =schemah:hasCredential
assertion =dcc:assertion
Issuer =https://w3id.org/openbadges#Issuer
ProgramCompletionCredential =dcc:ProgramCompletionCredential
CourseCompletionCredential =dcc:CourseCompletionCredential
LearningCredential =dcc:LearningCredential
Assertion =dcc:Assertion
";
