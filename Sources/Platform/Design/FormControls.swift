import HTML
import Text

extension FormField {
  package func html(_ language: Language) -> HTML {
    guard let condition else { return plain(language) }
    return """
      <div data-when="\(condition.name)" data-is="\(condition.values.joined(separator: " "))"\
      \(if: condition.isHidden, " hidden")>\(plain(language))</div>
      """
  }

  private func plain(_ language: Language) -> HTML {
    switch kind {
    case .hidden(let value):
      return "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    case .radios(let choices, let chosen, let across):
      let chosen = Set([chosen].compactMap { $0 })
      return group(language, self.choices(choices, type: "radio", chosen: chosen, across: across))
    case .checkboxes(let choices, let chosen, let across):
      return group(language, self.choices(choices, type: "checkbox", chosen: chosen, across: across))
    case .group(let inside):
      return group(language, inside)
    case .text, .lines, .select, .file:
      return """
        <div class="\(className)"><label for="\(id)">\(label)\(must(language))</label>\(supportLine)\
        \(errorLine(language))\(control)</div>
        """
    }
  }

  private var control: HTML {
    switch kind {
    case .text(let value, let type, let mode, let autocomplete):
      return """
        <input type="\(type)" class="\(width.rawValue)" id="\(id)" name="\(name)" value="\(value)"\
        \(attribute: "inputmode", mode)\(attribute: "autocomplete", autocomplete)\(attribute: "list", list)\(described)>
        """
    case .lines(let value, let rows):
      // The first line break after the tag belongs to the markup, not to the text.
      return """
        <textarea id="\(id)" name="\(name)" rows="\(rows)"\(described)>
        \(value)</textarea>
        """
    case .select(let choices, let chosen):
      return """
        <select id="\(id)" name="\(name)"\(described)>\(each: choices, { Self.option($0, chosen: chosen) })</select>
        """
    case .file(let accept, let many):
      return """
        <input type="file" id="\(id)" name="\(name)"\(attribute: "accept", accept)\(if: many, " multiple")\(described)>
        """
    case .radios, .checkboxes, .hidden, .group:
      return .empty
    }
  }

  static func option(_ choice: Choice, chosen: String) -> HTML {
    "<option value=\"\(choice.value)\"\(if: choice.value == chosen, " selected")>\(choice.label)</option>"
  }

  private func choices(_ choices: [Choice], type: String, chosen: Set<String>, across: Bool) -> HTML {
    let rows = choices.enumerated().map { index, choice -> HTML in
      let own = "\(id)-\(index)"
      let support: HTML? = choice.support.map { "<span class=\"support\" id=\"\(own)-support\">\($0)</span>" }
      let by = choice.support == nil ? nil : "\(own)-support"
      return """
        <div class="choice"><input type="\(type)" id="\(own)" name="\(name)" value="\(choice.value)"\
        \(if: chosen.contains(choice.value), " checked")\(attribute: "aria-describedby", by)>\
        <div><label for="\(own)">\(choice.label)</label>\(support)</div></div>
        """
    }
    return across ? "<div class=\"across\">\(rows)</div>" : rows.joined()
  }

  private func group(_ language: Language, _ inside: HTML) -> HTML {
    """
    <fieldset class="\(className)" id="\(id)"\(attribute: "aria-describedby", describedBy)>\
    <legend>\(label)\(must(language))</legend>\(supportLine)\(errorLine(language))\(inside)</fieldset>
    """
  }

  private var className: String { error == nil ? "field" : "field bad" }

  private func must(_ language: Language) -> HTML? {
    guard required else { return nil }
    return "<span class=\"must\">\(language == .ja ? "※必須" : "(required)")</span>"
  }

  private var supportLine: HTML? { support.map { "<p class=\"support\" id=\"\(id)-support\">\($0)</p>" } }

  private func errorLine(_ language: Language) -> HTML? {
    error.map {
      """
      <p class="wrong" id="\(id)-error"><span class="vh">\(language == .ja ? "エラー：" : "Error: ")</span>\($0)</p>
      """
    }
  }

  private var describedBy: String? {
    let ids = [support.map { _ in "\(id)-support" }, error.map { _ in "\(id)-error" }].compactMap { $0 }
    return ids.isEmpty ? nil : ids.joined(separator: " ")
  }

  private var described: HTML {
    """
    \(attribute: "aria-describedby", describedBy)\(if: required, " aria-required=\"true\"")\
    \(if: error != nil, " aria-invalid=\"true\"")
    """
  }
}
