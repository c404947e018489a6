extension Fields {
  /// The query of an address, as a form carries it along: `q=CT&sort=-name`. Throws a 400 that names the field.
  package init(query text: String) throws(WebError) {
    try self.init(urlEncoded: text.utf8, limit: 500)
  }
}
