import ArgumentParser
import Assessment
import Text
import Time

struct AssessVendorsLinkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: Help.text(
      "院内の端末で事業者が答えるリンクを作り、場所を出す。前のリンクは使えなくなる",
      "Make the link with which the vendor answers at a terminal inside and print its address; one that was there ends"
    ),
    discussion: Help.text(
      "場所はここでだけ分かります。サーバーのアドレスの後に付けて開いてください。",
      "The address is told here only. It follows the address of the server."
    )
  )

  @OptionGroup var form: VendorFormOptions
  @Flag(help: "JSON") var json = false

  struct Shown: Encodable { let address, lastDay: String }

  func run() async throws {
    let (name, made) = try await form.with { assessment, checklist, line, scope in
      try await assessment.makeLink(for: line, checklist, in: scope)
    }
    if json { return try Terminal.json(Shown(address: made.address, lastDay: made.lastDay.iso)) }
    print(made.address)
    Terminal.say(
      "\(name)のリンクは\(made.lastDay.slashed)まで使えます。",
      "The link of \(name) opens the form until \(made.lastDay.iso)."
    )
  }
}

struct AssessVendorsUnlinkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unlink",
    abstract: Help.text("端末で答えるリンクを使えなくする", "End the link for a terminal")
  )

  @OptionGroup var form: VendorFormOptions

  func run() async throws {
    let name = try await form.with { assessment, checklist, line, scope in
      try await assessment.endLink(of: line, checklist, in: scope)
    }.name
    Terminal.say("\(name)のリンクを使えなくしました。", "The link of \(name) opens nothing any more.")
  }
}
