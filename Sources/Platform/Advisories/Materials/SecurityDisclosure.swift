import Time

/// What a maker answers on the security of a medical device in MDS2 (ANSI/NEMA HN 1-2019), as far as it bears on
/// vulnerabilities.
package struct SecurityDisclosure: Sendable, Hashable {
  package enum Answer: String, Sendable, Hashable { case yes, no, notApplicable, seeNote }

  /// One row of the form.
  package struct Row: Sendable, Hashable {
    /// `CSUP-2.1`.
    package let question: String
    package let answer: Answer?
    /// What stands in the answer's cell, and in that of the note.
    package let text: String
    package let note: String?
    /// Row of the sheet, from 1.
    package let row: Int

    package init(question: String, answer: Answer?, text: String, note: String?, row: Int) {
      self.question = question
      self.answer = answer
      self.text = text
      self.note = note
      self.row = row
    }
  }

  /// By question, in the order of the form.
  package let rows: [Row]

  package init(rows: [Row]) { self.rows = rows }

  package subscript(_ question: String) -> Row? { rows.first { $0.question == question } }

  private func text(_ question: String) -> String? { self[question]?.text.trimmed }

  package var manufacturer: String? { text("DOC-1") }
  package var device: String? { text("DOC-2") }
  package var model: String? { text("DOC-3") }
  /// DOC-8: whether the maker takes reports of vulnerabilities.
  package var takesReports: Answer? { self["DOC-8"]?.answer }
  /// CSUP-1: whether there is software that may need security updates.
  package var needsUpdates: Answer? { self["CSUP-1"]?.answer }
  /// CSUP-2: whether it has an operating system.
  package var hasOperatingSystem: Answer? { self["CSUP-2"]?.answer }
  /// CSUP-2.1: whether the owner is told how to install patches of the operating system.
  package var ownerMayPatch: Answer? { self["CSUP-2.1"]?.answer }
  /// CSUP-2.2: whether the vendor's service must install them.
  package var onlyVendorPatches: Answer? { self["CSUP-2.2"]?.answer }
  /// CSUP-2.3: whether they can be installed from afar.
  package var patchesRemotely: Answer? { self["CSUP-2.3"]?.answer }
  /// CSUP-2.4: whether updates of third parties may be installed without the maker's approval.
  package var acceptsThirdPartyPatches: Answer? { self["CSUP-2.4"]?.answer }
  /// CSUP-11: whether the maker has a process to assess vulnerabilities.
  package var assessesVulnerabilities: Answer? { self["CSUP-11"]?.answer }
  /// MLDP-2: whether anti-malware software is supported.
  package var supportsAntimalware: Answer? { self["MLDP-2"]?.answer }
  /// RMOT-1: whether remote connections for analysis or repair are permitted.
  package var allowsRemoteService: Answer? { self["RMOT-1"]?.answer }
  /// RMOT-2: whether remote connections for predictive maintenance are permitted or used.
  package var allowsRemoteMonitoring: Answer? { self["RMOT-2"]?.answer }
  /// SBOM-1: whether a bill of materials is to be had.
  package var hasBillOfMaterials: Answer? { self["SBOM-1"]?.answer }
}
