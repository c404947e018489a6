import Records
import Text
import Time

/// 紙の初動パック: what it holds today and what is still open. Pure.
struct ResponsePack: Sendable {
  /// One stage of the disconnection order.
  struct Stage: Sendable {
    let stage: CutStage
    let steps: [Record]
    /// Entered and approved by two named persons.
    let isApproved: Bool
  }

  let posts: [ChartPost]
  let contacts: [Record]
  let stages: [Stage]
  let forms: [Record]
  let today: LocalDate

  /// What the journal says of each step's approval.
  let approvals: [String: CutApproval]

  init(
    posts: [ChartPost],
    contacts: [Record],
    cuts: [Record],
    forms: [Record],
    approvals: [String: CutApproval] = [:],
    today: LocalDate
  ) {
    self.posts = posts
    self.contacts = contacts
    self.forms = forms
    self.today = today
    self.approvals = approvals
    stages = CutStage.allCases.map { stage in
      let steps = cuts.filter { $0.known("stage") == stage.rawValue }
      let areApproved = steps.allSatisfy { CutApproval.holds($0, approvals[$0.id]) }
      return Stage(stage: stage, steps: steps, isApproved: !steps.isEmpty && areApproved)
    }
  }

  /// Who holds the post that decides; nil where nobody does.
  func holder(of role: ChainRole) -> ChartPost? { posts.first { $0.role == role && $0.holder != nil } }

  /// What is still open, each in one sentence with the place to mend it.
  var open: [(text: Localized, path: String)] {
    var open: [(text: Localized, path: String)] = []
    for post in posts where post.isOpen {
      open.append(
        (
          Localized(ja: "「\(post.role.label.ja)」が決まっていません。", en: "Nobody is \(post.role.label.en.lowercased())."),
          OrganizationPath.chart
        )
      )
    }
    let alone = posts.count { !$0.isOpen && $0.deputy == nil }
    if alone > 0 {
      open.append(
        (
          Localized(ja: "代行者のいない役割が\(alone)件あります。", en: "\(alone) posts have no deputy."), OrganizationPath.chart
        )
      )
    }
    if contacts.isEmpty {
      open.append((Localized(ja: "外部連絡先がありません。", en: "There is no outside contact."), OrganizationPath.contactPack))
    }
    let doubtful = contacts.count { !ContactRoutes.isVerified($0, on: today) }
    if doubtful > 0 {
      open.append(
        (
          Localized(
            ja: "半年以内に確かめていない連絡先が\(doubtful)件あります。",
            en: "\(doubtful) contacts were not verified within half a year."
          ), OrganizationPath.verify
        )
      )
    }
    for stage in stages where !stage.isApproved {
      open.append(
        (
          Localized(
            ja: "切り離しの順序「\(stage.stage.label.ja)」が未決定です。",
            en: "The order of “\(stage.stage.label.en)” is undecided."
          ), stage.steps.isEmpty ? RecordPath.list(Kind.cutStep.key) : OrganizationPath.cutOrder
        )
      )
    }
    return open
  }
}
