import ArgumentParser
import Foundation
import Nouns
import Organization
import Records
import Text
import Time

// What is written down for a vendor: its request and its report.
extension WorkCommand {
  struct Enter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "enter",
      abstract: Help.text("書面や電話で受けた申請を入力する", "Enter what a vendor asked for on paper or by telephone"),
      discussion: Help.text("番号を標準出力に出します。", "Prints the request's id.")
    )

    @OptionGroup var place: Place
    @OptionGroup var choice: FacilityChoice
    @Option(help: ArgumentHelp(Help.text("事業者の番号か名前", "Id or name of the vendor"))) var vendor: String
    @Option(help: ArgumentHelp(Help.text("機器の番号か名前", "Id, number or name of the device"))) var device: String
    @Option(help: ArgumentHelp(Help.text("受け方：", "Came in by: ") + "paper|telephone")) var source = "paper"
    @Option(help: ArgumentHelp(WorkDraft.Kind.allCases.map(\.rawValue).joined(separator: "|"))) var kind: String
    @Option(help: ArgumentHelp(Help.text("作業の内容", "What is done"))) var what: String
    @Option(help: ArgumentHelp(Help.text("作業する日", "The day"))) var on: String
    @Option(help: ArgumentHelp(Help.text("始める時刻（13:30）", "From, as 13:30"))) var from: String
    @Option(help: ArgumentHelp(Help.text("終える時刻", "Until"))) var until: String
    @Option(help: ArgumentHelp(Help.text("止まるもの・時間。指定しなければ、なし", "What stands still; nothing without"))) var stops = ""
    @Flag(help: ArgumentHelp(Help.text("外から接続して作業する", "From outside, not on site"))) var remote = false
    @Option(help: ArgumentHelp(Help.text("作業する人", "Who works"))) var workers: String
    @Option(help: ArgumentHelp(Help.text("どこから", "From where"))) var origin: String
    @Option(help: ArgumentHelp(Help.text("再委託先", "Sub-contractor"))) var subcontractor = ""
    @Option(help: ArgumentHelp(Help.text("持ち込む機器・媒体", "Equipment brought"))) var equipment = ""
    @Option(help: ArgumentHelp(Help.text("当日の連絡先", "Telephone on the day"))) var phone = ""

    private var typed: [String: String] {
      [
        "kind": kind, "what": what, "work_on": on, "from": from, "until": until, "stops": stops.isEmpty ? "no" : "yes",
        "stop_note": stops, "way": remote ? "remote" : "visit", "workers": workers, "origin": origin,
        "subcontractor": subcontractor, "equipment": equipment, "phone": phone,
      ]
    }

    func run() async throws {
      let (typed, vendor, device) = (typed, vendor, device)
      guard let source = WorkRequest.Source(rawValue: source), source != .account else {
        throw CommandProblem.badInput(
          Localized(ja: "--source は paper か telephone です。", en: "--source is paper or telephone.")
        )
      }
      let id = try await WorkCommand.with(place, choice) { organization, scope in
        let all = try await organization.suppliers.all(in: scope)
        let named = all.filter { $0.id == vendor || Fold.key($0.title) == Fold.key(vendor) }
        guard named.count == 1, let one = named.first else {
          throw CommandProblem.badInput(
            Localized(ja: "「\(vendor)」という事業者は1つに決まりません。", en: "“\(vendor)” is not one vendor.")
          )
        }
        switch try await organization.suppliers.device(
          device,
          of: one.id,
          in: scope.facility,
          others: scope.reading
        ) {
        case .failure(let unclear): throw CommandProblem.badInput(unclear.text)
        case .success(let device):
          let draft = try WorkDraft(typed, today: organization.records.clock.now().day)
          return try await organization.works.ask(
            draft,
            on: device,
            of: (one.id, one.title),
            source: source,
            by: .hospital(scope)
          ).id
        }
      }
      print(id)
    }
  }

  struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "report",
      abstract: Help.text("作業の報告を書く（書かない欄は計画のまま）", "Say what was done; what is not said is as planned")
    )

    @OptionGroup var one: One
    @Option(help: ArgumentHelp(WorkRequest.Outcome.allCases.map(\.rawValue).joined(separator: "|"))) var outcome =
      "done"
    @Option(help: ArgumentHelp(Help.text("実施した内容", "What was done"))) var report: String?
    @Option(help: ArgumentHelp(Help.text("作業した人", "Who worked"))) var workers: String?
    @Option(help: ArgumentHelp(Help.text("使った機器・媒体", "Equipment used"))) var equipment: String?
    @Option(help: ArgumentHelp(Help.text("残ったこと", "What is left"))) var remains = ""
    @Option(help: ArgumentHelp(Help.text("作業後のOS・ファームウェア（変わったとき）", "OS or firmware after it, where it changed")))
    var os = ""
    @Option(help: ArgumentHelp(Help.text("写真のファイル（何度でも）", "A photograph; may be repeated"))) var photo: [String] = []

    func run() async throws {
      let (id, outcome, report, workers, equipment, remains) = (one.id, outcome, report, workers, equipment, remains)
      let os = os
      let files = try photo.map { (bytes: try ImportCommand.read($0), name: URL(filePath: $0).lastPathComponent) }
      _ = try await one.with { works, scope in
        let work = try await works.find(id, in: scope.reading)
        let said = try WorkReport([
          "outcome": outcome, "report": report ?? work.reported("report"),
          "report_workers": workers ?? work.reported("report_workers"),
          "report_equipment": equipment ?? work.reported("report_equipment"), "remains": remains,
          "report_os": os,
        ])
        let photos = try files.map { try WorkPhoto.Upload($0.bytes, name: $0.name) }
        return try await works.report(id, said, photos: photos, by: .hospital(scope))
      }
      Terminal.say("報告を記録しました。", "The report is in.")
    }
  }
}
