import Design
import HTML
import Nouns
import Records
import Text
import Web

/// The photographs of a survey: hand in more, place those that no code places, see the rest.
struct PhotoPage {
  let survey: Record
  let photos: [SurveyPhoto]
  let finds: [Record]
  let locations: [(id: String, title: String)]
  let error: Localized?
  let request: WebRequest

  /// Places offered for each photograph, and photographs to place on one page.
  static let mostLocations = 300
  static let mostAtOnce = 10

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var mayEdit: Bool { request.may(.editLedger) }

  private var waiting: [SurveyPhoto] { photos.filter { $0.state == .waiting } }
  /// Also one that somebody wants to place anew.
  private var open: [SurveyPhoto] { photos.filter { $0.state.isOpen || $0.id == request.query["photo"] } }
  private var placed: [SurveyPhoto] {
    photos.filter { $0.state == .placed && $0.place != .nothing && $0.id != request.query["photo"] }
  }

  var response: WebResponse {
    let numbers = Numbers([
      Numbers.Item(say("写真", "Photographs"), value: photos.count.grouped, of: say("枚", "")),
      Numbers.Item(say("場所が分かった", "Placed"), value: placed.count.grouped, of: say("枚", "")),
      Numbers.Item(
        say("手で場所を選ぶ", "To be placed by hand"),
        value: open.count.grouped,
        of: say("枚", ""),
        isWorrying: !open.isEmpty
      ),
    ])
    var page = Page(
      say("調査の写真", "Photographs of the survey"),
      lead: HTML(text: survey.title(language)),
      crumbs: [
        Crumb(Kind.survey.plural[language], RecordPath.list(Kind.survey.key)),
        Crumb(survey.title(language), RecordPath.record(Kind.survey.key, survey.id)),
      ],
      errors: error.map { [FieldError("picture", $0[language])] } ?? [],
      main: """
        \(upload)<div id="photos"\(attribute: "data-refresh", waiting.isEmpty ? nil : "3")>\(reading)\(numbers.html)\
        \(waiting.isEmpty ? byHand : nil)\(known)</div>
        """
    )
    if !waiting.isEmpty { page.refreshSeconds = 3 }
    return .page(page, current: "ledger.survey")
  }

  private var reading: HTML? {
    guard !waiting.isEmpty else { return nil }
    return """
      <p role="status">\(Chip(say("読み取り中", "Reading"), .blue).html) \
      \(say("\(waiting.count)枚のQRコードを探しています。", "Looking for codes in \(waiting.count)."))</p>
      """
  }

  private var upload: HTML? {
    guard mayEdit else { return nil }
    let drop = FileDrop(
      "picture",
      say("写真", "Photographs"),
      accept: "image/jpeg,image/png,image/webp",
      isMany: true,
      limit: 20 << 20,
      most: PhotoRoutes.mostFiles,
      support: say(
        "調査票のQRコードと一緒に写した写真は、自動で場所が分かります。",
        "Photographs with a code of the sheet in them are placed by themselves."
      ),
      error: error?[language]
    )
    var form = FormFrame(
      action: PhotoRoutes.path(survey.id),
      csrf: request.csrf,
      fields: [],
      more: drop.html(language),
      buttons: Button.submit(say("写真を入れる", "Add them"), look: photos.isEmpty ? .primary : .secondary)
    )
    form.isMultipart = true
    return "<section class=\"noprint\"><h2>\(say("写真をまとめて入れる", "Add photographs"))</h2>\(form.html(language))</section>"
  }

  // MARK: By hand

  private var byHand: HTML? {
    let some = open.prefix(Self.mostAtOnce)
    guard !some.isEmpty else { return nil }
    let more: HTML? =
      open.count > some.count
      ? "<p class=\"note\">\(say("ほか\(open.count - some.count)枚は、この\(some.count)枚のあとに出ます。", "\(open.count - some.count) more follow these."))</p>"
      : nil
    let heading: HTML = "<h2>\(say("場所を選ぶ写真", "To be placed by hand"))</h2>"
    let items = some.map { photo -> HTML in
      let choice: HTML? = mayEdit ? choose(photo).html(language) : nil
      return
        "<li>\(view(photo))<p class=\"note\">\(photo.state == .placed ? "" : photo.state.reason[language])</p>\(choice)</li>"
    }
    guard mayEdit else { return "\(heading)<ul class=\"photos\">\(items)</ul>\(more)" }
    return """
      \(heading)<form class="form" method="post" action="\(PhotoRoutes.path(survey.id))/place">\(request.csrf)\
      <ul class="photos">\(items)</ul>\(more)<div class="btns">\(Button.submit(say("選んだ場所に置く", "Keep the places")))</div></form>
      """
  }

  private func choose(_ photo: SurveyPhoto) -> FormField {
    var choices = [Design.Choice("", say("あとで選ぶ", "Later"))]
    choices += photo.candidates.map { Design.Choice($0.text, name($0)) }
    choices += finds.filter { $0.known("what") != SurveyObject.nothing.rawValue }.map {
      Design.Choice(SurveyPhoto.Place.find($0.id).text, say("見つけたもの：\($0.title(.ja))", "Find: \($0.title(.en))"))
    }
    let offered = Set(photo.candidates)
    choices += locations.map { (SurveyPhoto.Place.location($0.id), $0.title) }.filter { !offered.contains($0.0) }.map {
      Design.Choice($0.0.text, say("場所：\($0.1)", "Place: \($0.1)"))
    }
    choices.append(Design.Choice(SurveyPhoto.Place.nothing.text, say("この調査の写真ではない", "Not of this survey")))
    return .select(
      "place.\(photo.id)",
      say("どこの写真か（\(photo.name)）", "What it shows (\(photo.name))"),
      choices,
      chosen: photo.place?.text ?? ""
    )
  }

  // MARK: What is known

  private var known: HTML? {
    guard !placed.isEmpty else { return nil }
    let items = placed.map { photo -> HTML in
      let place = photo.place ?? .nothing
      let find = self.find(place)
      let title: HTML
      if let find {
        title = "<a href=\"\(RecordPath.record(Kind.surveyFind.key, find.id))\">\(find.title(language))</a>"
      } else {
        title = HTML(text: name(place))
      }
      return "<li>\(view(photo))<p><b>\(title)</b></p>\(mayEdit ? doing(photo, place, find) : .empty)</li>"
    }
    return "<h2>\(say("場所の分かった写真", "Placed"))</h2><ul class=\"photos\">\(items)</ul>"
  }

  /// The find a photograph shows: it, or that of the line.
  private func find(_ place: SurveyPhoto.Place) -> Record? {
    switch place {
    case .find(let id): finds.first { $0.id == id }
    case .line(let line): finds.first { $0.known("sheet_line") == String(line) }
    case .location, .nothing: nil
    }
  }

  private func doing(_ photo: SurveyPhoto, _ place: SurveyPhoto.Place, _ find: Record?) -> HTML {
    var walk = Address(SurveyRoutes.walk(survey.id)).setting("photo", photo.id)
    if case .line(let line) = place { walk = walk.setting("sheet_line", String(line)) }
    if case .location(let id) = place { walk = walk.setting("location", id) }
    let anew = Address(PhotoRoutes.path(survey.id)).setting("photo", photo.id).text
    let record: HTML =
      find == nil
      ? Button.link(say("この写真で記録する", "Record it"), walk.text, look: .secondary, size: .small, context: photo.name)
      : .empty
    return """
      <div class="btns noprint">\(record)\
      \(Button.link(say("場所を選び直す", "Place it anew"), anew, look: .text, size: .small, context: photo.name))</div>
      """
  }

  private func name(_ place: SurveyPhoto.Place) -> String {
    switch place {
    case .line(let line): say("調査票の\(line)行目", "Line \(line) of the sheet")
    case .location(let id):
      locations.first { $0.id == id }.map { say("場所：\($0.title)", "Place: \($0.title)") }
        ?? say("場所", "A place")
    case .find(let id):
      finds.first { $0.id == id }?.title(language) ?? say("削除された記録", "A find that is gone")
    case .nothing: say("この調査の写真ではない", "Not of this survey")
    }
  }

  private func view(_ photo: SurveyPhoto) -> HTML { PhotoView(photo: photo, request: request).html }
}

/// A photograph in a list: its small view where there is one, its name and when it was taken.
struct PhotoView {
  let photo: SurveyPhoto
  let request: WebRequest

  private var language: Language { request.language }

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var html: HTML {
    if let at = photo.withdrawnAt { return FileWithdrawal.note(photo.name, hash: photo.hash, at: at, request) }
    let address = PhotoRoutes.image(photo.id)
    let taken = [photo.takenOn, photo.takenAt].compactMap { $0 }.joined(separator: " ")
    let small: HTML =
      photo.preview == nil
      ? HTML(text: say("写真を開く", "Open the photograph"))
      : "<img src=\"\(address)?size=small\" alt=\"\(say("写真 \(photo.name)", "Photograph \(photo.name)"))\" loading=\"lazy\">"
    return """
      <a href="\(address)">\(small)</a><span class="sub">\(photo.name)</span>\
      <span class="sub">\(taken.isEmpty ? say("撮影時刻の記録なし", "No time taken") : say("\(taken) 撮影", "Taken \(taken)"))</span>\
      \(FileWithdrawal.link(photo.hash, name: photo.name, request))
      """
  }
}
