#include <ldap.h>
#include <sys/socket.h>
#include <sys/time.h>

/* libldap has no limit of time for the beginning of TLS: where a server takes the connection and then says nothing, it
   tries to read for ever. So we learn which socket it opened, for whoever watches the clock to shut down. */

struct yagura_ldap_watch {
  struct ldap_conncb callbacks;
  int socket;
};

static inline int yagura_ldap_opened(LDAP *handle, Sockbuf *buffer, LDAPURLDesc *server, struct sockaddr *address,
                                     struct ldap_conncb *context) {
  ber_socket_t socket = -1;
  (void)handle, (void)server, (void)address;
  if (ber_sockbuf_ctrl(buffer, LBER_SB_OPT_GET_FD, &socket) == 1)
    __atomic_store_n(&((struct yagura_ldap_watch *)context->lc_arg)->socket, (int)socket, __ATOMIC_SEQ_CST);
  return 0;
}

static inline void yagura_ldap_closed(LDAP *handle, Sockbuf *buffer, struct ldap_conncb *context) {
  (void)handle, (void)buffer;
  __atomic_store_n(&((struct yagura_ldap_watch *)context->lc_arg)->socket, -1, __ATOMIC_SEQ_CST);
}

/* `watch` outlives the handle. */
static inline int yagura_ldap_set_watch(LDAP *handle, struct yagura_ldap_watch *watch) {
  watch->socket = -1;
  watch->callbacks.lc_add = yagura_ldap_opened;
  watch->callbacks.lc_del = yagura_ldap_closed;
  watch->callbacks.lc_arg = watch;
  return ldap_set_option(handle, LDAP_OPT_CONNECT_CB, &watch->callbacks);
}

/* Ends whatever the handle waits for: reads and writes fail from now on. */
static inline void yagura_ldap_interrupt(struct yagura_ldap_watch *watch) {
  int socket = __atomic_load_n(&watch->socket, __ATOMIC_SEQ_CST);
  if (socket >= 0) shutdown(socket, SHUT_RDWR);
}

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
