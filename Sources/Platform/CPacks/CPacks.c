// `#embed` puts each pack into the program and makes the compiler note the file as a dependency, so that changing a
// pack rebuilds this file and nothing else. To add a pack: one array here, and one line in `packs`.
#include "CPacks.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char assessment_bcp_2024[] = {
#embed "../../../Packs/assessment/bcp-2024.yaml"
};

static const unsigned char assessment_defences[] = {
#embed "../../../Packs/assessment/defences.yaml"
};

static const unsigned char assessment_fee_2024[] = {
#embed "../../../Packs/assessment/fee-2024.yaml"
};

static const unsigned char assessment_fee_2026[] = {
#embed "../../../Packs/assessment/fee-2026.yaml"
};

static const unsigned char assessment_guideline_7_clauses[] = {
#embed "../../../Packs/assessment/guideline-7-clauses.yaml"
};

static const unsigned char assessment_guideline_7_route[] = {
#embed "../../../Packs/assessment/guideline-7-route.yaml"
};

static const unsigned char assessment_holiday_9[] = {
#embed "../../../Packs/assessment/holiday-9.yaml"
};

static const unsigned char assessment_iso_27001_2022[] = {
#embed "../../../Packs/assessment/iso-27001-2022.yaml"
};

static const unsigned char assessment_management_3x3[] = {
#embed "../../../Packs/assessment/management-3x3.yaml"
};

static const unsigned char assessment_mhlw_hospital_r5[] = {
#embed "../../../Packs/assessment/mhlw-hospital-r5.yaml"
};

static const unsigned char assessment_mhlw_hospital_r6[] = {
#embed "../../../Packs/assessment/mhlw-hospital-r6.yaml"
};

static const unsigned char assessment_mhlw_hospital_r7[] = {
#embed "../../../Packs/assessment/mhlw-hospital-r7.yaml"
};

static const unsigned char assessment_mhlw_hospital_r8[] = {
#embed "../../../Packs/assessment/mhlw-hospital-r8.yaml"
};

static const unsigned char assessment_mhlw_vendor_r5[] = {
#embed "../../../Packs/assessment/mhlw-vendor-r5.yaml"
};

static const unsigned char assessment_mhlw_vendor_r6[] = {
#embed "../../../Packs/assessment/mhlw-vendor-r6.yaml"
};

static const unsigned char assessment_mhlw_vendor_r7[] = {
#embed "../../../Packs/assessment/mhlw-vendor-r7.yaml"
};

static const unsigned char assessment_mhlw_vendor_r8[] = {
#embed "../../../Packs/assessment/mhlw-vendor-r8.yaml"
};

static const unsigned char assessment_nist_csf_2[] = {
#embed "../../../Packs/assessment/nist-csf-2.yaml"
};

static const unsigned char assessment_prefecture_20[] = {
#embed "../../../Packs/assessment/prefecture-20.yaml"
};

static const unsigned char assessment_records[] = {
#embed "../../../Packs/assessment/records.yaml"
};
static const unsigned char assessment_roles_admin[] = {
#embed "../../../Packs/assessment/roles-admin.yaml"
};

static const unsigned char assessment_roles_manager[] = {
#embed "../../../Packs/assessment/roles-manager.yaml"
};

static const unsigned char assessment_roles_user[] = {
#embed "../../../Packs/assessment/roles-user.yaml"
};

static const unsigned char assessment_topics[] = {
#embed "../../../Packs/assessment/topics.yaml"
};

static const unsigned char calendar_eras[] = {
#embed "../../../Packs/calendar/eras.yaml"
};

static const unsigned char calendar_holidays[] = {
#embed "../../../Packs/calendar/holidays.yaml"
};

static const unsigned char calendar_long_holidays[] = {
#embed "../../../Packs/calendar/long-holidays.yaml"
};

static const unsigned char contracts_clauses[] = {
#embed "../../../Packs/contracts/clauses.yaml"
};

static const unsigned char duties_escalation[] = {
#embed "../../../Packs/duties/escalation.yaml"
};

static const unsigned char organization_contacts[] = {
#embed "../../../Packs/organization/contacts.yaml"
};

static const unsigned char organization_first_response[] = {
#embed "../../../Packs/organization/first-response.yaml"
};

static const unsigned char organization_five_rules[] = {
#embed "../../../Packs/organization/five-rules.yaml"
};

static const unsigned char products_names[] = {
#embed "../../../Packs/products/names.yaml"
};

static const unsigned char products_packages[] = {
#embed "../../../Packs/products/packages.yaml"
};

static const unsigned char products_renames[] = {
#embed "../../../Packs/products/renames.yaml"
};

static const unsigned char products_windows[] = {
#embed "../../../Packs/products/windows.yaml"
};

static const unsigned char software_end_of_support[] = {
#embed "../../../Packs/software/end-of-support.yaml"
};

static const unsigned char versions_schemes[] = {
#embed "../../../Packs/versions/schemes.yaml"
};

static const unsigned char vulnerability_feeds[] = {
#embed "../../../Packs/vulnerability/feeds.yaml"
};

static const unsigned char vulnerability_follow_through[] = {
#embed "../../../Packs/vulnerability/follow-through.yaml"
};

static const unsigned char vulnerability_notices[] = {
#embed "../../../Packs/vulnerability/notices.yaml"
};

static const unsigned char vulnerability_triage[] = {
#embed "../../../Packs/vulnerability/triage.yaml"
};

static const unsigned char surveys_contractor[] = {
#embed "../../../Packs/surveys/contractor.yaml"
};

static const unsigned char surveys_departments[] = {
#embed "../../../Packs/surveys/departments.yaml"
};

#define PACK(path, bytes) {path, bytes, sizeof(bytes)}

static const struct yagura_pack packs[] = {
    PACK("assessment/bcp-2024.yaml", assessment_bcp_2024),
    PACK("assessment/defences.yaml", assessment_defences),
    PACK("assessment/fee-2024.yaml", assessment_fee_2024),
    PACK("assessment/fee-2026.yaml", assessment_fee_2026),
    PACK("assessment/guideline-7-clauses.yaml", assessment_guideline_7_clauses),
    PACK("assessment/guideline-7-route.yaml", assessment_guideline_7_route),
    PACK("assessment/holiday-9.yaml", assessment_holiday_9),
    PACK("assessment/iso-27001-2022.yaml", assessment_iso_27001_2022),
    PACK("assessment/management-3x3.yaml", assessment_management_3x3),
    PACK("assessment/mhlw-hospital-r5.yaml", assessment_mhlw_hospital_r5),
    PACK("assessment/mhlw-hospital-r6.yaml", assessment_mhlw_hospital_r6),
    PACK("assessment/mhlw-hospital-r7.yaml", assessment_mhlw_hospital_r7),
    PACK("assessment/mhlw-hospital-r8.yaml", assessment_mhlw_hospital_r8),
    PACK("assessment/mhlw-vendor-r5.yaml", assessment_mhlw_vendor_r5),
    PACK("assessment/mhlw-vendor-r6.yaml", assessment_mhlw_vendor_r6),
    PACK("assessment/mhlw-vendor-r7.yaml", assessment_mhlw_vendor_r7),
    PACK("assessment/mhlw-vendor-r8.yaml", assessment_mhlw_vendor_r8),
    PACK("assessment/nist-csf-2.yaml", assessment_nist_csf_2),
    PACK("assessment/prefecture-20.yaml", assessment_prefecture_20),
    PACK("assessment/records.yaml", assessment_records),
    PACK("assessment/roles-admin.yaml", assessment_roles_admin),
    PACK("assessment/roles-manager.yaml", assessment_roles_manager),
    PACK("assessment/roles-user.yaml", assessment_roles_user),
    PACK("assessment/topics.yaml", assessment_topics),
    PACK("calendar/eras.yaml", calendar_eras),
    PACK("calendar/holidays.yaml", calendar_holidays),
    PACK("calendar/long-holidays.yaml", calendar_long_holidays),
    PACK("contracts/clauses.yaml", contracts_clauses),
    PACK("duties/escalation.yaml", duties_escalation),
    PACK("organization/contacts.yaml", organization_contacts),
    PACK("organization/first-response.yaml", organization_first_response),
    PACK("organization/five-rules.yaml", organization_five_rules),
    PACK("products/names.yaml", products_names),
    PACK("products/packages.yaml", products_packages),
    PACK("products/renames.yaml", products_renames),
    PACK("products/windows.yaml", products_windows),
    PACK("software/end-of-support.yaml", software_end_of_support),
    PACK("surveys/contractor.yaml", surveys_contractor),
    PACK("surveys/departments.yaml", surveys_departments),
    PACK("versions/schemes.yaml", versions_schemes),
    PACK("vulnerability/feeds.yaml", vulnerability_feeds),
    PACK("vulnerability/follow-through.yaml", vulnerability_follow_through),
    PACK("vulnerability/notices.yaml", vulnerability_notices),
    PACK("vulnerability/triage.yaml", vulnerability_triage),
};

size_t yagura_pack_count(void) { return sizeof(packs) / sizeof(packs[0]); }

struct yagura_pack yagura_pack_at(size_t index) { return packs[index]; }
