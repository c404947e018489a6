import HTML
import Text

/// One choice for each of several lines that share their choices, as one table: the contents of `FormField.radioTable`.
/// On phones each line is a card with its choices below one another.
package struct RadioTable: Sendable {
  package struct Line: Sendable {
    package let name: String
    package let label: String
    package let chosen: String
    package let error: String?

    package init(_ name: String, _ label: String, chosen: String, error: String? = nil) {
      self.name = name
      self.label = label
      self.chosen = chosen
      self.error = error
    }

    /// The row, where links of the summary of errors lead.
    fileprivate var id: String { "field-\(name)" }
  }

  package let id: String
  package let lines: [Line]
  package let choices: [Choice]

  package init(id: String, _ lines: [Line], _ choices: [Choice]) {
    self.id = id
    self.lines = lines
    self.choices = choices
  }

  package func html(_ language: Language) -> HTML {
    let heads = choices.enumerated().map { index, choice -> HTML in
      "<th scope=\"col\" id=\"\(id)-c\(index)\">\(choice.label)</th>"
    }
    return """
      <div class="table"><table class="cards picks" id="\(id)"><thead><tr><th scope="col">\
      <span class="vh">\(Localized(ja: "項目", en: "Item")[language])</span></th>\(heads)</tr></thead>\
      <tbody>\(each: lines, { row($0, language) })</tbody></table></div>
      """
  }

  private func row(_ line: Line, _ language: Language) -> HTML {
    let wrong: HTML? = line.error.map {
      """
      <span class="wrong" id="\(line.id)-error"><span class="vh">\(Localized(ja: "エラー：", en: "Error: ")[language])</span>\
      \($0)</span>
      """
    }
    let cells = choices.enumerated().map { index, choice -> HTML in
      // Named by row and column, for those who hear one button alone.
      """
      <td><label class="pick"><input type="radio" id="\(line.id)-\(index)" name="\(line.name)" value="\(choice.value)"\
      \(if: choice.value == line.chosen, " checked") aria-labelledby="\(line.id)-name \(id)-c\(index)"\
      \(attribute: "aria-describedby", line.error.map { _ in "\(line.id)-error" })><span>\(choice.label)</span></label></td>
      """
    }
    return """
      <tr id="\(line.id)"><th scope="row"><span id="\(line.id)-name">\(line.label)</span>\(wrong)</th>\(cells)</tr>
      """
  }
}

extension FormField {
  /// Several lines of radio buttons under one name; the names of the lines are those that are sent.
  package static func radioTable(
    _ name: String,
    _ label: String,
    _ lines: [RadioTable.Line],
    _ choices: [Choice],
    language: Language,
    required: Bool = false,
    support: String? = nil
  ) -> FormField {
    let table = RadioTable(id: "table-\(name)", lines, choices)
    var field = FormField(name, label, .group(table.html(language)))
    field.required = required
    field.support = support
    return field
  }
}
