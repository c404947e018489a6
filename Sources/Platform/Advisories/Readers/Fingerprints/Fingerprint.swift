/// One fingerprint of recog (rapid7/recog): what a banner that fits a pattern tells of a device.
package struct Fingerprint: Sendable, Hashable {
  /// A property: a constant, or what a group of the pattern catches.
  package struct Parameter: Sendable, Hashable {
    /// 0 for a constant, else the group.
    package let group: Int
    /// `os.vendor`, `service.version`, `os.cpe23`.
    package let name: String
    package let value: String

    package init(group: Int, name: String, value: String) {
      self.group = group
      self.name = name
      self.value = value
    }
  }

  /// A banner that must fit, with what must be read from it.
  package struct Example: Sendable, Hashable {
    package let text: String
    package let expected: [String: String]
  }

  /// What it is held against: `snmp.sys_description`, `ssh.banner`.
  package let subject: String
  package let pattern: String
  package let ignoresCase: Bool
  package let dotMatchesNewline: Bool
  package let description: String
  package let parameters: [Parameter]
  package let examples: [Example]

  package init(
    subject: String,
    pattern: String,
    ignoresCase: Bool,
    dotMatchesNewline: Bool,
    description: String,
    parameters: [Parameter],
    examples: [Example]
  ) {
    self.subject = subject
    self.pattern = pattern
    self.ignoresCase = ignoresCase
    self.dotMatchesNewline = dotMatchesNewline
    self.description = description
    self.parameters = parameters
    self.examples = examples
  }

  /// A pattern that tells nothing but that it fits.
  package init(pattern: String, subject: String) {
    self.init(
      subject: subject,
      pattern: pattern,
      ignoresCase: false,
      dotMatchesNewline: false,
      description: "",
      parameters: [],
      examples: []
    )
  }
}
