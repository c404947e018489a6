import Design
import HTML
import Nouns
import Records
import Text
import Web

/// On a find's own page: photographs, the second person's check, the way into the ledger.
struct FindSection {
  let find: Record
  /// Those that came in a batch.
  let photos: [SurveyPhoto]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var html: HTML { "\(pictures)\(buttons)" }

  private var pictures: HTML? {
    let own: HTML? =
      find.known("photo").flatMap { hash in photos.contains { $0.hash == hash } ? nil : hash }.map { hash in
        """
        <li><a href="\(SurveyRoutes.find(find.id))/photo">\(say("写真を開く", "Open the photograph"))</a>\
        \(FileWithdrawal.link(hash, name: find.title(language), request))</li>
        """
      }
    guard own != nil || !photos.isEmpty else { return nil }
    let shots = photos.map { "<li>\(PhotoView(photo: $0, request: request).html)</li>" as HTML }
    return "<h2>\(say("写真", "Photographs"))</h2><ul class=\"shots\">\(own)\(shots)</ul>"
  }

  private var buttons: HTML {
    let path = SurveyRoutes.find(find.id)
    var buttons: [HTML] = []
    var note: HTML?
    if request.may(.editLedger) {
      // The rule itself is the store's, which also knows the account that entered the find.
      let isOwn = find.known("found_by") == request.session?.actor.name
      if find.known("checked_by") == nil, isOwn {
        let text = say("見つけた本人のほかに、もう1人が確かめます。", "Somebody other than the finder checks it.")
        note = "<p class=\"sub\">\(text)</p>"
      } else if find.known("checked_by") == nil {
        buttons.append(
          Button.post(say("確かめた", "Checked"), path + "/check", csrf: request.csrf, look: .secondary, size: .small)
        )
      }
      if find.known("asset") == nil, find.known("connection") == nil,
        find.known("what") != SurveyObject.nothing.rawValue
      {
        buttons.append(
          Button.post(say("台帳に登録", "Add to the ledger"), path + "/merge", csrf: request.csrf, size: .small)
        )
      }
    }
    let row: HTML? = buttons.isEmpty ? nil : "<div class=\"btns noprint\">\(buttons)</div>"
    return "\(note)\(row)"
  }
}
