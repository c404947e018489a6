import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// Every contract in force, those with gaps first, on the screen and on paper.
struct BoundaryOverview {
  let boundaries: [Boundary]
  let titles: [String: String]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  private var sorted: [Boundary] {
    boundaries.sorted { left, right in
      let (a, b) = ((left.gaps.count, left.count(.open)), (right.gaps.count, right.count(.open)))
      return a == b ? left.contract.title < right.contract.title : a > b
    }
  }

  var response: WebResponse {
    let gaps = boundaries.count { !$0.gaps.isEmpty }
    let open = boundaries.count { $0.count(.open) > 0 }
    var table = DataTable<Boundary>(
      id: "boundaries",
      caption: say("契約ごとの責任分界", "Responsibilities by contract"),
      address: Address(BoundaryRoutes.overviewPath),
      columns: [
        .init("name", say("契約", "Contract")) { row in
          let vendor = row.contract.known("vendor").flatMap { titles[$0] } ?? ""
          return """
            <a href="\(BoundaryRoutes.path(row.contract.id))">\(row.contract.title)</a><span class="sub">\(vendor)</span>
            """
        },
        .init("state", say("状態", "State")) { chip($0).html },
        .init("gaps", say("契約に書かれていない大事な事柄", "Needed and not written"), isLong: true) { row in
          HTML(text: row.gaps.map { $0.name[language] }.joined(separator: say("、", ", ")))
        },
        .init("answered", say("確かめた事柄", "Looked up"), isNumeric: true) { "\($0.answered) / \($0.lines.count)" },
      ],
      rows: sorted,
      rowID: \.contract.id,
      rowName: \.contract.title
    )
    table.empty = EmptyState(
      say("いま有効な契約は登録されていません。", "No contract in force is recorded."),
      say(
        "保守や委託の契約を登録すると、病院と事業者のどちらが何を行うかを、契約ごとに確かめられます。",
        "Record maintenance contracts to settle who does what."
      ),
      actions: Button.link(say("契約を追加", "Add a contract"), RecordPath.new("contract"))
        + Button.link(say("ファイルから取り込む", "Import"), RecordPath.imports, look: .secondary)
    )
    return .page(
      Page(
        say("責任分界の表", "Responsibilities"),
        lead: HTML(
          text: say(
            "病院と事業者のどちらが行うかを契約ごとに確かめます。書かれていない大事な事柄がある契約は\(gaps)件、まだ確かめていない事柄のある契約は\(open)件です。",
            "Who does what, contract by contract: \(gaps) leave out something needed, \(open) have something not looked up."
          )
        ),
        actions: Button.link(
          say("印刷", "Print"),
          BoundaryRoutes.overviewPath + "/print",
          look: .secondary,
          size: .small
        ),
        crumbs: [
          Crumb(say("台帳", "Registers"), "/ledger"), Crumb(Kind.contract.plural[language], RecordPath.list("contract")),
        ],
        main: "\(table.html(language))\(PackNote(ContractClause.pack, language: language).html)"
      ),
      current: "ledger.boundaries"
    )
  }

  private func chip(_ boundary: Boundary) -> Chip {
    if !boundary.gaps.isEmpty {
      return Chip(say("不足 \(boundary.gaps.count)", "\(boundary.gaps.count) missing"), .red)
    }
    if boundary.answered == 0 { return Chip(say("未確認", "Not begun"), .grey) }
    if boundary.count(.open) > 0 { return Chip(say("確認中", "Being checked"), .yellow) }
    return Chip(say("確認済み", "Settled"), .green)
  }

  /// The matrix on paper: clauses down, contracts across would not fit, so one block a contract.
  var sheet: WebResponse {
    let blocks = sorted.map { boundary -> HTML in
      let rows = boundary.lines.map { line -> HTML in
        let owner = line.isUnknown ? Unknown.label[language] : line.owner?.label[language] ?? say("未確認", "Open")
        let mark = line.state == .gap ? say("要対応", "Gap") : ""
        return
          "<tr><td>\(line.clause.name[language])</td><td>\(owner)</td><td>\(line.wording)</td><td>\(mark)</td></tr>"
      }
      let vendor = boundary.contract.known("vendor").flatMap { titles[$0] } ?? ""
      return """
        <h2>\(boundary.contract.title)<span class="sub">\(vendor)</span></h2><table class="dense"><thead><tr>\
        <th scope="col">\(say("事柄", "Clause"))</th><th scope="col">\(say("担当", "Done by"))</th>\
        <th scope="col">\(say("契約書の言葉", "Wording"))</th><th scope="col">\(say("印", "Mark"))</th></tr></thead>\
        <tbody>\(rows)</tbody></table>
        """
    }
    return .sheet(
      PrintSheet(
        say("責任分界の表", "Responsibilities"),
        subtitle: say("有効な契約 \(boundaries.count)件", "\(boundaries.count) contracts in force"),
        printed: request.printedBy,
        stamps: PaperStamps.usual(language),
        backAddress: BoundaryRoutes.overviewPath,
        contents: blocks.joined()
      )
    )
  }
}

/// One contract: for each clause who does it, and the words of the contract.
struct BoundaryPage {
  let boundary: Boundary
  let answers: BoundaryAnswers
  let errors: [FieldError]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let name = boundary.contract.title
    return .page(
      Page(
        say("\(name) の責任分界", "Responsibilities: \(name)"),
        lead: HTML(
          text: say(
            "\(boundary.lines.count)の事柄のうち\(boundary.answered)を確かめました。契約書・仕様書・SLAを見ながら選びます。",
            "\(boundary.answered) of \(boundary.lines.count) are looked up. Read the contract, its specification and the SLA."
          )
        ),
        crumbs: [
          Crumb(say("台帳", "Registers"), "/ledger"),
          Crumb(say("責任分界の表", "Responsibilities"), BoundaryRoutes.overviewPath),
          Crumb(name, RecordPath.record("contract", boundary.contract.id)),
        ],
        errors: errors,
        main: request.may(.editLedger) ? form : readOnly
      ),
      current: "ledger.boundaries",
      status: errors.isEmpty ? nil : 422
    )
  }

  private var choices: [Design.Choice] {
    ClauseOwner.allCases.map { Design.Choice($0.rawValue, $0.label[language]) } + [
      Design.Choice(Unknown.value, Unknown.label[language])
    ]
  }

  private var form: HTML {
    let parts = boundary.lines.map { line -> HTML in
      let key = line.clause.key
      let answer = answers.byClause[key]
      var owner = FormField.radios(
        "owner.\(key)",
        line.clause.name[language],
        choices,
        chosen: answer?.owner,
        across: true
      )
      owner.support =
        line.clause.ask[language] + (line.state == .gap ? say("（契約に書かれていません）", " (not in the contract)") : "")
      let wording = FormField.text(
        "wording.\(key)",
        say("契約書の言葉・条番号", "Wording and article"),
        value: answer?.wording ?? "",
        width: .full
      )
      let version: HTML? = answer?.version.map {
        "<input type=\"hidden\" name=\"version.\(key)\" value=\"\($0)\">"
      }
      return "\(owner.html(language))\(wording.html(language))\(version)"
    }
    return FormFrame(
      action: BoundaryRoutes.path(boundary.contract.id),
      csrf: request.csrf,
      fields: [],
      more: parts.joined(),
      buttons: Button.submit(say("保存", "Save"))
        + Button.link(say("責任分界の表に戻る", "Back to all contracts"), BoundaryRoutes.overviewPath, look: .text),
      draft: "boundary/\(boundary.contract.id)"
    ).html(language)
  }

  private var readOnly: HTML {
    KeyValues(
      boundary.lines.map { line in
        let owner: HTML =
          line.isUnknown
          ? Design.Unknown.html(language)
          : HTML(text: line.owner?.label[language] ?? Unknown.missingLabel[language])
        return KeyValues.Line(line.clause.name[language], "\(owner)<span class=\"sub\">\(line.wording)</span>")
      }
    ).html
  }
}
