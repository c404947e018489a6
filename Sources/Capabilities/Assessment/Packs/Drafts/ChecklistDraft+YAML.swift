import Text

extension ChecklistDraft {
  /// The file that import would take. Texts are quoted, so that nothing that was typed means anything to YAML.
  package func yaml(edition: Int) -> String {
    let source = ["title: \(Self.quoted(head.sourceTitle))"] + Self.given("address", head.sourceAddress)
    let valid = ["from: \(Self.quoted(head.validFrom))"] + Self.given("to", head.validTo)
    var lines = [
      "pack: \(Self.quoted(head.pack))", "edition: \(edition)", "title: \(head.title.yaml)",
      "valid: {\(valid.joined(separator: ", "))}", "publisher: \(Self.quoted(head.publisher))",
      "source: {\(source.joined(separator: ", "))}", "verification: unverified", "entries:",
    ]
    lines += Self.entry(
      [
        "form: \(Self.quoted(head.form))", "by: \(Self.quoted(head.by))", "cycle: \(Self.quoted(head.cycle))",
      ] + (head.cycle == "month" ? head.months.map { ["months: [\($0)]"] } ?? [] : [])
        + Self.given("year", head.year) + Self.given("goal", head.goal)
        + (head.targetsStayInYear ? ["target: fiscalYear"] : [])
    )
    if !head.note.isEmpty { lines += Self.entry(["note: \(head.note.yaml)"]) }
    for topic in topics { lines += Self.entry(topic.yaml) }
    for measure in measures { lines += Self.entry(measure.yaml) }
    for section in sections {
      lines += Self.entry(["section: \(Self.quoted(section.number))", "title: \(section.title.yaml)"])
      for item in section.items { lines += Self.entry(yaml(item)) }
    }
    for outcome in outcomes { lines += Self.entry(outcome.yaml) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func entry(_ lines: [String]) -> [String] {
    lines.enumerated().map { $0.offset == 0 ? "  - \($0.element)" : "    \($0.element)" }
  }

  private func yaml(_ item: Item) -> [String] {
    var lines = [
      "item: \(Self.quoted(item.number))", "topic: \(Self.quoted(item.topic))", "text: \(item.text.yaml)",
    ]
    let kind = kind(item)
    lines += Self.given("kind", item.kind)
    if kind == .choice {
      lines.append("choices:")
      lines += item.choices.map { choice in
        let label = choice.label.shown
        return
          "  - {key: \(Self.quoted(choice.key)), ja: \(Self.quoted(label.ja)), en: \(Self.quoted(label.en))}"
      }
    }
    if kind == .number {
      lines += Self.given("least", item.least) + Self.given("most", item.most)
      if !item.unit.isEmpty { lines.append("unit: \(item.unit.yaml)") }
    }
    if kind == .date, item.staysInYear { lines.append("within: fiscalYear") }
    if kind == .level, !item.levels.isEmpty {
      lines.append("levels:")
      lines += item.levels.map { "  - \($0.yaml)" }
    }
    if let parent = item.parent {
      let above = self.item(parent)
      let values = item.parentValues.map(Self.quoted).joined(separator: ", ")
      lines.append("parent: {item: \(Self.quoted(above.map(Self.key) ?? "?")), is: [\(values)]}")
    }
    lines += Self.given("absent", item.absent) + Self.given("part", item.part)
    if item.isGate { lines.append("gate: \"yes\"") }
    if item.isPending { lines.append("pending: \"yes\"") }
    lines += Self.given("measure", item.measure) + Self.given("row", item.row)
    if item.asksDepartments { lines.append("asks: departments") }
    if item.needsSecond { lines.append("confirm: second") }
    return lines
  }

  /// As other entries name an item: `2(7):server`.
  static func key(_ item: Item) -> String { item.part.isEmpty ? item.number : "\(item.number):\(item.part)" }

  fileprivate static func given(_ name: String, _ text: String) -> [String] {
    text.isEmpty ? [] : ["\(name): \(quoted(text))"]
  }

  /// A scalar in double quotes (YAML 1.2 §7.3.1).
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      default:
        // Controls, the separators that YAML reads as line breaks, and the byte order mark.
        if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
          || [0x2028, 0x2029, 0xFEFF].contains(scalar.value)
        {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }
}

extension ChecklistDraft.Words {
  var yaml: String { "{ja: \(ChecklistDraft.quoted(shown.ja)), en: \(ChecklistDraft.quoted(shown.en))}" }
}

extension ChecklistDraft.Topic {
  fileprivate var yaml: [String] {
    var lines = [
      "topic: \(ChecklistDraft.quoted(key))", "title: \(title.yaml)", "needs: \(needs.yaml)",
    ]
    lines += ChecklistDraft.given("keeps", keeps)
    for use in ["decides", "proves", "refutes"] {
      let own = conditions.filter { $0.use == use }
      guard !own.isEmpty else { continue }
      lines.append("\(use):")
      lines += own.map { "  - \($0.yaml)" }
    }
    let beside = conditions.filter { $0.use == "beside" }.map { ChecklistDraft.quoted($0.fact) }
    if !beside.isEmpty { lines.append("beside: [\(beside.joined(separator: ", "))]") }
    let levels = conditions.compactMap { Int($0.use) }.max() ?? 0
    guard levels > 0 else { return lines }
    lines.append("levels:")
    for level in 1...levels {
      lines += ["  - level: \(level)", "    proves:"]
      lines += conditions.filter { $0.use == String(level) }.map { "      - \($0.yaml)" }
    }
    return lines
  }
}

extension ChecklistDraft.Topic.Condition {
  fileprivate var yaml: String {
    let value = test == "none" ? "" : ", value: \(ChecklistDraft.quoted(value))"
    return "{fact: \(ChecklistDraft.quoted(fact)), is: \(ChecklistDraft.quoted(test))\(value)}"
  }
}

extension ChecklistDraft.Measure {
  fileprivate var yaml: [String] {
    [
      "measure: \(ChecklistDraft.quoted(number))", "title: \(title.yaml)", "risk: \(risk.yaml)",
      "prepare: \(prepare.yaml)", "do: \(act.yaml)", "strengthen: \(strengthen.yaml)",
    ] + ChecklistDraft.given("effort", effort) + ChecklistDraft.given("cost", cost)
  }
}

extension ChecklistDraft.Outcome {
  fileprivate var yaml: [String] {
    var lines = ["outcome: \(ChecklistDraft.quoted(holds))", "title: \(title.yaml)"]
    guard !references.isEmpty else { return lines }
    lines.append("references:")
    for reference in references {
      lines.append("  - title: \(reference.title.yaml)")
      if !reference.address.isEmpty { lines.append("    address: \(ChecklistDraft.quoted(reference.address))") }
    }
    return lines
  }
}
