#include <ldap.h>
#include <sys/time.h>

/* Options with a value behind a pointer, and constants that are casts: neither can be used from Swift as they are. */

static inline int yagura_ldap_set_number(LDAP *handle, int option, int value) {
  return ldap_set_option(handle, option, &value);
}

static inline int yagura_ldap_set_milliseconds(LDAP *handle, int option, long milliseconds) {
  struct timeval time = {milliseconds / 1000, (milliseconds % 1000) * 1000};
  return ldap_set_option(handle, option, &time);
}

static inline int yagura_ldap_set_text(LDAP *handle, int option, const char *value) {
  return ldap_set_option(handle, option, value);
}

static inline int yagura_ldap_follow_no_referrals(LDAP *handle) {
  return ldap_set_option(handle, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
}

static inline int yagura_ldap_bind(LDAP *handle, const char *name, const char *password, size_t length) {
  struct berval secret = {length, (char *)password};
  return ldap_sasl_bind_s(handle, name, LDAP_SASL_SIMPLE, &secret, NULL, NULL, NULL);
}

/* The subtree below `base`; at most `most` entries. */
static inline int yagura_ldap_search(LDAP *handle, const char *base, const char *filter, char **attributes,
                                     long milliseconds, int most, LDAPMessage **answer) {
  struct timeval time = {milliseconds / 1000, (milliseconds % 1000) * 1000};
  return ldap_search_ext_s(handle, base, LDAP_SCOPE_SUBTREE, filter, attributes, 0, NULL, NULL, &time, most, answer);
}
