//! The terms of the citizenship vocabulary, release candidate 4 (W3C Credentials Community Group): W3C's own examples
//! of signatures use it.

/// The URL that names this context.
pub(super) const URL: &str = "https://w3id.org/citizenship/v4rc1";

/// `id` and `type` stand where the vocabulary defines them.
pub(super) const TERMS: &str = "
image schema:image @id
QuantitativeValue schema:QuantitativeValue
  unitCode =schema:unitCode
  value =schema:value
PostalAddress schema:PostalAddress
  addressCountry =schema:addressCountry
  addressLocality =schema:addressLocality
  addressRegion =schema:addressRegion
Person schema:Person
  id =@id
  type =@type
  additionalName =schema:additionalName
  birthCountry =ctz:birthCountry
  birthDate schema:birthDate xsdh:dateTime
  familyName =schema:familyName
  gender =schema:gender
  givenName =schema:givenName
  height =schema:height
  image schema:image @id
  maritalStatus =ctz:maritalStatus
  marriageCertificateNumber =ctz:marriageCertificateNumber
  marriageLocation ctz:marriageLocation @id
PermanentResident ctz:PermanentResident
  id =@id
  type =@type
  commuterClassification =ctz:commuterClassification
  formerNationality =ctz:formerNationality
  permanentResidentCard ctz:permanentResidentCard @id
  residence ctz:residence @id
  residentSince ctz:residentSince xsdh:dateTime
PermanentResidentCard ctz:PermanentResidentCard
  id =@id
  type =@type
  filingLocation ctz:filingLocation @id
  identifier =schema:identifier
  lprCategory =ctz:lprCategory
  lprNumber =ctz:lprNumber
  mrzHash ctz:mrzHash sec:multibase
PermanentResidentCardCredential =ctz:PermanentResidentCardCredential
EmployablePerson ctz:EmployablePerson
  id =@id
  type =@type
  commuterClassification =ctz:commuterClassification
  employmentAuthorizationDocument ctz:employmentAuthorizationDocument @id
  formerNationality =ctz:formerNationality
  residence ctz:residence @id
  residentSince ctz:residentSince xsdh:dateTime
EmploymentAuthorizationDocument ctz:EmploymentAuthorizationDocument
  id =@id
  type =@type
  filingLocation ctz:filingLocation @id
  identifier =schema:identifier
  lprCategory =ctz:lprCategory
  lprNumber =ctz:lprNumber
  mrzHash ctz:mrzHash sec:multibase
EmploymentAuthorizationDocumentCredential =ctz:EmploymentAuthorizationDocumentCredential
NaturalizedPerson ctz:NaturalizedPerson
  id =@id
  type =@type
  formerNationality =ctz:formerNationality
  certificateOfNaturalization ctz:certificateOfNaturalization @id
  residence ctz:residence @id
  residentSince ctz:residentSince xsdh:dateTime
  commuterClassification =ctz:commuterClassification
CertificateOfNaturalization ctz:CertificateOfNaturalization
  id =@id
  type =@type
  ceremonyDate ctz:ceremonyDate xsdh:dateTime
  ceremonyLocation ctz:ceremonyLocation @id
  filingLocation ctz:filingLocation @id
  naturalizationLocation ctz:naturalizationLocation @id
  naturalizedBy =ctz:naturalizedBy
  identifier =schema:identifier
  insRegistrationNumber =ctz:insRegistrationNumber
CertificateOfNaturalizationCredential =ctz:CertificateOfNaturalizationCredential
Citizen ctz:Citizen
  id =@id
  type =@type
  certificateOfCitizenship ctz:certificateOfCitizenship @id
CertificateOfCitizenship ctz:CertificateOfCitizenship
  id =@id
  type =@type
  filingLocation ctz:filingLocation @id
  identifier =schema:identifier
  ceremonyDate ctz:ceremonyDate xsdh:dateTime
  ceremonyLocation ctz:ceremonyLocation @id
  cisRegistrationNumber =ctz:cisRegistrationNumber
CertificateOfCitizenshipCredential =ctz:CertificateOfCitizenshipCredential
";
