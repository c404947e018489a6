import Design
import HTML
import Records
import Text
import Web

/// The pack on paper, in the order in which it is needed.
struct ResponseSheet {
  let pack: ResponsePack
  let titles: [String: String]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let open = pack.open.count
    return .sheet(
      PrintSheet(
        say("紙の初動パック", "First-response pack"),
        subtitle: open == 0
          ? say("サイバー攻撃の疑いがあるとき、最初に開く紙です。", "The paper to open first when an attack is suspected.")
          : say("未決定のところが\(open)件あります。", "\(open) points are undecided."),
        printed: request.printedBy,
        stamps: PaperStamps.usual(language),
        backAddress: OrganizationPath.response,
        contents: "\(steps)\(posts)\(cuts)\(decisions)\(contacts)\(forms)"
      )
    )
  }

  private var undecided: HTML { "<b>\(say("未決定", "Undecided"))</b>" }

  private func block(_ title: String, _ body: HTML) -> HTML {
    "<section class=\"block\"><h2>\(title)</h2>\(body)</section>"
  }

  private var steps: HTML {
    let rows = ResponseGuide.standard.steps.enumerated().map { index, step -> HTML in
      let who = pack.holder(of: step.role)?.holder ?? step.role.label[language]
      return """
        <tr><td>\(index + 1)</td><td>\(step.text[language])</td><td>\(who)</td><td>　　：　　</td></tr>
        """
    }
    let note = PackNote(ResponseGuide.pack, language: language).html
    return block(
      say("1. 最初にすること", "1. First steps"),
      """
      <table class="dense"><thead><tr><th scope="col">#</th><th scope="col">\(say("すること", "What"))</th>\
      <th scope="col">\(say("だれが", "Who"))</th><th scope="col">\(say("した時刻", "Time"))</th></tr></thead>\
      <tbody>\(rows)</tbody></table>\(note)
      """
    )
  }

  private var posts: HTML {
    block(
      say("2. 体制と電話", "2. Posts and telephones"),
      ChartTable(posts: pack.posts, links: false, language: language).html
    )
  }

  private var cuts: HTML {
    let stages = pack.stages.map { stage -> HTML in
      let body: HTML
      if stage.steps.isEmpty {
        body = "<p>\(undecided)　\(say("決めること：", "To decide: "))\(stage.stage.question[language])</p>"
      } else {
        let rows = stage.steps.enumerated().map { index, step -> HTML in
          let approved = step.known("approved_by").flatMap { titles[$0] }
          let isOvertaken = CutApproval.isOvertaken(step, pack.approvals[step.id]) && approved != nil
          let why: HTML? =
            isOvertaken ? "<span class=\"sub\">\(say("承認のあとに変更", "Changed since approval"))</span>" : nil
          let proof: HTML =
            CutApproval.holds(step, pack.approvals[step.id]) ? "\(approved ?? "")" : "\(undecided)\(why)"
          return """
            <tr><td>\(index + 1)</td><td>\(step.title(language))<span class="sub">\(step.known("effect") ?? "")</span></td>\
            <td>\(step.known("place") ?? "")</td><td>\(step.known("how") ?? "")</td><td>\(step.known("who") ?? "")</td>\
            <td>\(proof)</td><td>　　：　　</td></tr>
            """
        }
        let heads = [
          "#", say("切り離すもの", "What"), say("場所", "Where"), say("切り方", "How"), say("切る人", "Who"),
          say("承認", "Approved"), say("切った時刻", "Time"),
        ]
        let question: HTML? =
          stage.isApproved ? nil : "<p>\(undecided)　\(say("承認されていない手順があります。", "Some steps are not approved."))</p>"
        body = """
          \(question)<table class="dense"><thead><tr>\(each: heads, { "<th scope=\"col\">\($0)</th>" })</tr></thead>\
          <tbody>\(rows)</tbody></table>
          """
      }
      return "<h3>\(stage.stage.label[language])</h3>\(body)"
    }
    return block(say("3. 切り離しの順序", "3. Disconnection order"), stages.joined())
  }

  private var decisions: HTML {
    let rows = ResponseGuide.standard.decisions.map { decision -> HTML in
      let post = pack.holder(of: decision.role)
      let who: HTML = post?.holder.map { HTML(text: $0) } ?? undecided
      let deputy: HTML = post?.deputy.map { HTML(text: $0) } ?? undecided
      return """
        <tr><th scope="row">\(decision.text[language])</th><td>\(decision.role.label[language])</td><td>\(who)</td>\
        <td>\(deputy)</td></tr>
        """
    }
    let own = pack.posts.filter { !$0.decides.isEmpty }.map { post -> HTML in
      "<li>\(post.role.label[language]) \(post.holder ?? ""): \(post.decides)</li>"
    }
    let more: HTML? = own.isEmpty ? nil : "<ul>\(own)</ul>"
    return block(
      say("4. だれが決めるか", "4. Who decides"),
      """
      <table class="dense"><thead><tr><th scope="col">\(say("決めること", "Matter"))</th><th scope="col">\(say("役割", "Role"))</th>\
      <th scope="col">\(say("決める人", "Decides"))</th><th scope="col">\(say("不在のとき", "When away"))</th></tr></thead>\
      <tbody>\(rows)</tbody></table>\(more)
      """
    )
  }

  private var contacts: HTML {
    block(say("5. 外部連絡先", "5. Outside contacts"), ContactTable(contacts: pack.contacts, request: request).html)
  }

  private var forms: HTML {
    let rows = pack.forms.map { form -> HTML in
      let department = form.known("department").flatMap { titles[$0] } ?? ""
      return """
        <tr><th scope="row">\(form.title(language))</th><td>\(department)</td><td>\(form.known("offline_place") ?? "")</td>\
        <td>\(form.known("master_place") ?? "")</td><td>\(form.known("stock") ?? "")</td></tr>
        """
    }
    let heads = [
      say("書類", "Form"), say("部署", "Department"), say("控えの場所", "Offline copy"), say("印刷用原版", "Print master"),
      say("在庫", "Stock"),
    ]
    let body: HTML =
      rows.isEmpty
      ? "<p>\(undecided)　\(say("決めること：電子カルテなしで診療するときに使う書類と、その控えの場所。", "To decide: which forms are used without the system, and where their copies are."))</p>"
      : """
      <table class="dense"><thead><tr>\(each: heads, { "<th scope=\"col\">\($0)</th>" })</tr></thead><tbody>\(rows)</tbody></table>
      """
    return block(say("6. 書類の原本の場所", "6. Where the forms are"), body)
  }
}
