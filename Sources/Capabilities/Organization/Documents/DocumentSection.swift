import Design
import HTML
import Records
import Text
import Time
import Web

/// On the page of a form or a regulation: its files, the newest first, and the form that adds one.
struct DocumentSection {
  let kind: Kind
  let record: String
  let files: [DocumentFile]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var html: HTML {
    let lists = DocumentFile.Use.allCases.map { use in list(use, files.filter { $0.use == use }) }
    return "<h2 id=\"files\">\(say("ファイル", "Files"))</h2>\(lists)\(adding)"
  }

  private func list(_ use: DocumentFile.Use, _ files: [DocumentFile]) -> HTML {
    guard let newest = files.first else {
      return "<h3>\(use.label[language])</h3><p class=\"note\">\(say("まだ預けていません。", "None kept here yet."))</p>"
    }
    let older = files.dropFirst()
    let former: HTML? =
      older.isEmpty
      ? nil
      : """
      <details class="more"><summary>\(say("前の版（\(older.count)）", "Earlier versions (\(older.count))"))</summary>\
      <ul class="log">\(each: Array(older), { "<li>\(line($0))</li>" })</ul></details>
      """
    return """
      <h3>\(use.label[language])</h3><ul class="log"><li>\(line(newest))\
      <details class="more"><summary>\(say("控えと照らし合わせる値（SHA-256）", "Value to compare copies by (SHA-256)"))</summary>\
      <p class="code">\(newest.hash)</p></details></li></ul>\(former)
      """
  }

  private func line(_ file: DocumentFile) -> HTML {
    if let at = file.withdrawnAt { return FileWithdrawal.note(file.name, hash: file.hash, at: at, request) }
    let note: HTML? = file.note.isEmpty ? nil : "<span class=\"sub\">\(file.note)</span>"
    return """
      <a href="\(DocumentRoutes.file(file.id))">\(file.name)</a> \
      <span class="nb">\(say("\(file.version)番目", "no. \(file.version)"))、\(Self.size(file.size))</span>\
      <span class="sub">\(request.dates.brief(file.addedAt, today: request.now.day)) \(file.addedBy)</span>\(note)\
      \(FileWithdrawal.link(file.hash, name: file.name, request))
      """
  }

  /// 「1.2 MB」, or kB below a megabyte.
  static func size(_ bytes: Int) -> String {
    bytes < 1 << 20 ? "\(max(1, bytes >> 10)) kB" : "\(bytes >> 20).\((bytes & 0xFFFFF) * 10 >> 20) MB"
  }

  private var adding: HTML? {
    guard request.may(kind.traits.writers) else { return nil }
    return """
      <p class="noprint">\(Button.link(say("ファイルを預ける", "Add a file"), DocumentRoutes.path(kind, record), look: .secondary, size: .small))</p>
      """
  }
}
