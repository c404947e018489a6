import HTML
import Text

/// A paper as one file that needs no server: the style sheet is inside. For what is handed over or kept beside the program.
package struct StandalonePaper: Sendable {
  package let sheet: PrintSheet
  package let facility: String
  package let fiscalYear: String
  package let language: Language

  package init(sheet: PrintSheet, facility: String, fiscalYear: String, language: Language) {
    self.sheet = sheet
    self.facility = facility
    self.fiscalYear = fiscalYear
    self.language = language
  }

  package var html: HTML {
    // Our own style sheet, which holds no closing tag.
    let style = HTML(bytes: StaticFile.find(name: "look.css")?.bytes ?? [])
    let body = sheet.paper(facility: facility, fiscalYear: fiscalYear, language: language)
    return """
      <!doctype html>
      <html lang="\(language.rawValue)"><head><meta charset="utf-8">\
      <meta name="viewport" content="width=device-width,initial-scale=1">\
      <title>\(sheet.title)</title><style>\(style)</style></head>\
      <body class="sheet\(sheet.orientation.rawValue)">\(body)</body></html>
      """
  }
}
