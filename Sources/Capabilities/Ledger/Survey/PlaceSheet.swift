import Design
import HTML
import Records
import Text
import Web

/// The sheet of places nobody has been to: one code a place, to be photographed there, and to open the form there.
struct PlaceSheet {
  let survey: Record
  let places: [Record]
  let request: WebRequest

  static let most = 200

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let host = "\(request.isSecure ? "https" : "http")://\(request.headers["host"] ?? "localhost")"
    let labels = places.map { place -> HTML in
      let address = host + Address(SurveyRoutes.walk(survey.id)).setting("location", place.id).text
      let title = place.title(language)
      return
        "<li>\(QRDrawing(text: address, label: say("「\(title)」のQRコード", "Code of “\(title)”")).html)<b>\(title)</b></li>"
    }
    let contents: HTML =
      places.isEmpty
      ? "<p>\(say("まだ回っていない場所はありません。", "Every place has been visited."))</p>"
      : """
      <p>\(say("その場所で、QRコードを手前に大きく写してください。あとでどこの写真か分かります。隣のコードは切り離すか、紙で隠します。", "Hold the code of the place up to the camera there, so that the place is known later. Cut the neighbours off or cover them."))</p>\
      <ul class="labels">\(labels)</ul>
      """
    return .sheet(
      PrintSheet(
        say("現地調査票（場所ごと）", "Survey sheet by place"),
        subtitle: survey.title(language),
        printed: request.printedBy,
        backAddress: SurveyRoutes.progress(survey.id),
        contents: contents
      )
    )
  }
}
