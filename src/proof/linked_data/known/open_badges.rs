//! The terms of Open Badges 3.0 (1EdTech, the final context 3.0.3), class by class.
//!
//! Format: see the table reader beside this file. `id` and `type` are understood in every class.

/// The URL that names this context.
pub(super) const URL: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/// The URL that names the context of 1EdTech's own kinds of schema, status and refresh.
pub(super) const EXTENSIONS_URL: &str = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";

/// The terms of that context.
pub(super) const EXTENSIONS: &str = "
1EdTechJsonSchemaValidator2019 =https://purl.imsglobal.org/spec/vccs/v1p0/context.json#1EdTechJsonSchemaValidator2019
1EdTechRevocationList =https://purl.imsglobal.org/spec/vcrl/v1p0/context.json#1EdTechRevocationList
1EdTechCredentialRefresh =https://purl.imsglobal.org/spec/vccr/v1p0/context.json#1EdTechCredentialRefresh
";

/// Classes at the margin with their own terms indented, then the terms that hold everywhere.
pub(super) const TERMS: &str = "
OpenBadgeCredential ob:OpenBadgeCredential
Achievement ob:Achievement
  achievementType ob:achievementType
  alignment ob:alignment @set
  creator ob:creator
  creditsAvailable ob:creditsAvailable xsds:float
  criteria ob:Criteria @id
  fieldOfStudy ob:fieldOfStudy
  humanCode ob:humanCode
  image ob:image @id
  otherIdentifier ob:otherIdentifier @set
  related ob:related @set
  resultDescription ob:resultDescription @set
  specialization ob:specialization
  tag schema:keywords @set
  version ob:version
  inLanguage schema:inLanguage
AchievementCredential OpenBadgeCredential
AchievementSubject ob:AchievementSubject
  achievement ob:achievement
  activityEndDate ob:activityEndDate xsds:date
  activityStartDate ob:activityStartDate xsds:date
  creditsEarned ob:creditsEarned xsds:float
  identifier ob:identifier @set
  image ob:image @id
  licenseNumber ob:licenseNumber
  result ob:result @set
  role ob:role
  source ob:source @id
  term ob:term
Address ob:Address
  addressCountry schema:addressCountry
  addressCountryCode ob:CountryCode
  addressLocality schema:addressLocality
  addressRegion schema:addressRegion
  geo ob:GeoCoordinates
  postOfficeBoxNumber schema:postOfficeBoxNumber
  postalCode schema:postalCode
  streetAddress schema:streetAddress
Alignment schema:AlignmentObject
  targetCode ob:targetCode
  targetDescription schema:targetDescription
  targetFramework schema:targetFramework
  targetName schema:targetName
  targetType ob:targetType
  targetUrl schema:targetUrl xsds:anyURI
Criteria ob:Criteria
EndorsementCredential ob:EndorsementCredential
EndorsementSubject ob:EndorsementSubject
  endorsementComment ob:endorsementComment
Evidence ob:Evidence
  audience schema:audience
  genre schema:genre
GeoCoordinates ob:GeoCoordinates
  latitude schema:latitude
  longitude schema:longitude
IdentifierEntry ob:IdentifierEntry
  identifier ob:identifier
  identifierType ob:identifierType
IdentityObject ob:IdentityObject
  hashed ob:hashed xsds:boolean
  identityHash ob:identityHash
  identityType ob:identityType
  salt ob:salt
Image ob:Image
  caption schema:caption
Profile ob:Profile
  additionalName schema:additionalName
  address ob:address @id
  dateOfBirth ob:dateOfBirth xsds:date
  email schema:email
  familyName schema:familyName
  familyNamePrefix ob:familyNamePrefix
  givenName schema:givenName
  honorificPrefix schema:honorificPrefix
  honorificSuffix schema:honorificSuffix
  image ob:image @id
  otherIdentifier ob:otherIdentifier @set
  parentOrg ob:parentOrg @id
  patronymicName ob:patronymicName
  phone ob:phone
  official ob:official
Related ob:Related
  version ob:version
  inLanguage schema:inLanguage
Result ob:Result
  achievedLevel ob:achievedLevel xsds:anyURI
  resultDescription ob:resultDescription xsds:anyURI
  status ob:status
  value schema:value
ResultDescription ob:ResultDescription
  allowedValue ob:allowedValue @list
  requiredLevel ob:requiredLevel xsds:anyURI
  requiredValue ob:requiredValue
  resultType ob:resultType
  rubricCriterionLevel ob:rubricCriterionLevel @set
  valueMax ob:valueMax
  valueMin ob:valueMin
RubricCriterionLevel ob:RubricCriterionLevel
  level ob:level
  points ob:points
alignment ob:alignment @set
description schema:description
endorsement ob:endorsement @set
image ob:image @id
inLanguage schema:inLanguage
name schema:name
narrative ob:narrative
url schema:url xsds:anyURI
awardedDate ob:awardedDate xsd:dateTime
";
