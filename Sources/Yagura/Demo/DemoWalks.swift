import Time

/// What the sample hospital did on its feet and by letter: two walks through the house, questions about lines answered, the
/// yearly enquiry, files of the forms, the pack printed. No chance in it.
struct DemoWalks: Sendable {
  /// Something done, as `DemoRounds` plays it.
  enum Act: Sendable {
    case survey(Survey)
    case find(survey: String, Find)
    case check(survey: String, name: String)
    case merge(survey: String, name: String)
    case finish(survey: String, result: String, endsOn: LocalDate)
    case photographs(survey: String, [Photograph])
    /// There is no line to so many systems that nobody had asked about.
    case noLine(systems: Int)
    case enquire
    case answer(vendor: String, values: [String: String])
    case file(form: String, name: String, title: String, isMaster: Bool, note: String)
    case print
    case report
  }

  struct Survey: Sendable {
    let name: String
    let startsOn: LocalDate
    let endsOn: LocalDate?
    let scope: String
    let contractor: String?
  }

  struct Find: Sendable {
    let name: String
    let what: String
    let place: String
    let department: String
    var model = ""
    var spot = ""
    var connected = ""
    var line: Int?
  }

  /// A picture of a rack with the codes of these lines of the sheet; without any it is to be placed by hand.
  struct Photograph: Sendable {
    let name: String
    let lines: [Int]
  }

  let today: LocalDate

  static let spring = "春の現地調査（サーバ室・EPS）"
  static let autumn = "秋の現地調査（検査装置の裏）"

  var acts: [(day: LocalDate, hour: Int, person: Int, act: Act)] { springWalk + autumnWalk + enquiry + papers }

  private func ago(_ days: Int) -> LocalDate { today.adding(days: -days) }

  private var springWalk: [(day: LocalDate, hour: Int, person: Int, act: Act)] {
    let finds = [
      Find(name: "ONU（インターネット）", what: "onu", place: "本館2階 サーバ室", department: "医療情報部", model: "GE-ONU", line: 1),
      Find(
        name: "FortiGate 100F",
        what: "router",
        place: "本館2階 サーバ室",
        department: "医療情報部",
        model: "FortiGate 100F",
        connected: "yes",
        line: 2
      ),
      Find(
        name: "青いLTEルータ",
        what: "lte",
        place: "本館1階 EPS",
        department: "施設課",
        spot: "分電盤の上",
        connected: "yes",
        line: 3
      ),
      Find(name: "何もなかった", what: "nothing", place: "新館1階 EPS", department: "施設課", line: 4),
    ]
    let survey = Survey(
      name: Self.spring,
      startsOn: ago(205),
      endsOn: nil,
      scope: "サーバ室と各階のEPSで、院外につながる箱と線を見る。",
      contractor: "北辰ネットワークス株式会社"
    )
    return [(ago(206), 9, 0, .survey(survey))]
      + finds.enumerated().map { (ago(205), 10 + $0.offset, 0, .find(survey: Self.spring, $0.element)) }
      + finds.prefix(3).map { (ago(203), 9, 1, .check(survey: Self.spring, name: $0.name)) } + [
        (ago(202), 15, 0, .merge(survey: Self.spring, name: "青いLTEルータ")),
        (ago(202), 16, 0, .merge(survey: Self.spring, name: "ONU（インターネット）")),
        (ago(202), 16, 0, .merge(survey: Self.spring, name: "FortiGate 100F")),
        (ago(200), 17, 2, .finish(survey: Self.spring, result: "記録のない回線が1本見つかった。施設課が契約者を確かめる。", endsOn: ago(201))),
      ]
  }

  private var autumnWalk: [(day: LocalDate, hour: Int, person: Int, act: Act)] {
    let finds = [
      Find(
        name: "CT操作卓の裏のUSB通信機器",
        what: "lte",
        place: "CT操作室",
        department: "放射線科",
        spot: "操作卓の裏",
        connected: "?",
        line: 1
      ),
      Find(name: "透析室の業者ルータ", what: "router", place: "透析室 機械室", department: "透析室", connected: "yes", line: 2),
      Find(name: "使われていないモデム", what: "modem", place: "地下1階 中央監視室", department: "施設課", connected: "no", line: 4),
    ]
    let survey = Survey(
      name: Self.autumn,
      startsOn: ago(12),
      endsOn: today.adding(days: 18),
      scope: "放射線科、検査部、透析室の装置の裏と、機械室を見る。",
      contractor: nil
    )
    let pictures = [
      Photograph(name: "IMG_0412.png", lines: [1]), Photograph(name: "IMG_0413.png", lines: [2]),
      Photograph(name: "IMG_0414.png", lines: [3]), Photograph(name: "IMG_0415.png", lines: []),
      Photograph(name: "IMG_0416.png", lines: [5, 6]),
    ]
    return [(ago(13), 9, 1, .survey(survey))]
      + finds.enumerated().map { (ago(11), 13 + $0.offset, 1, .find(survey: Self.autumn, $0.element)) } + [
        (ago(10), 9, 0, .check(survey: Self.autumn, name: "透析室の業者ルータ")),
        (ago(9), 16, 1, .photographs(survey: Self.autumn, pictures)),
        (ago(8), 10, 0, .noLine(systems: 7)),
      ]
  }

  private var enquiry: [(day: LocalDate, hour: Int, person: Int, act: Act)] {
    let day = ago(47)
    let answers: [(Int, String, [String: String])] = [
      (0, "form", ["remote_line": "yes", "lines": "2", "went_online": "no", "subcontracts": "no", "data_taken": "no"]),
      (
        1, "phone",
        ["remote_line": "yes", "lines": "1", "went_online": "yes", "subcontracts": "yes", "data_taken": "?"]
      ),
      (2, "form", ["remote_line": "yes", "lines": "1", "went_online": "no", "subcontracts": "no", "data_taken": "no"]),
      (4, "form", ["remote_line": "yes", "lines": "3", "went_online": "no", "subcontracts": "no", "data_taken": "no"]),
      (
        8, "mail", ["remote_line": "yes", "lines": "1", "went_online": "no", "subcontracts": "no", "data_taken": "yes"]
      ),
      (12, "phone", ["remote_line": "no", "went_online": "no", "subcontracts": "no", "data_taken": "no"]),
      (
        16, "mail",
        ["remote_line": "yes", "lines": "1", "went_online": "yes", "subcontracts": "no", "data_taken": "no"]
      ),
      (36, "form", ["remote_line": "no", "went_online": "no", "subcontracts": "no", "data_taken": "no"]),
    ]
    return [(day, 10, 0, .enquire)]
      + answers.enumerated().map { number, answer in
        let answered = day.adding(days: 4 + 3 * number)
        let more = ["way": answer.1, "answered_on": answered.iso, "answered_by": "保守窓口"]
        let values = answer.2.merging(more) { first, _ in first }
        return (answered, 14, number % 2, .answer(vendor: DemoNames.vendors[answer.0].name, values: values))
      }
  }

  private var papers: [(day: LocalDate, hour: Int, person: Int, act: Act)] {
    [
      (ago(118), 10, 0, .file(form: "紙カルテ 1号紙", name: "紙カルテ1号紙_第2版.pdf", title: "紙カルテ 1号紙", isMaster: false, note: "")),
      (
        ago(60), 10, 0,
        .file(form: "紙カルテ 1号紙", name: "紙カルテ1号紙_第3版.pdf", title: "紙カルテ 1号紙（第3版）", isMaster: false, note: "アレルギーの欄を足した")
      ),
      (ago(60), 11, 0, .file(form: "紙カルテ 1号紙", name: "紙カルテ1号紙_印刷用.pdf", title: "紙カルテ 1号紙", isMaster: true, note: "")),
      (ago(59), 10, 1, .file(form: "処方箋（複写）", name: "処方箋_複写.pdf", title: "処方箋（複写）", isMaster: true, note: "")),
      (ago(22), 15, 0, .print), (ago(9), 8, 0, .report),
    ]
  }
}
