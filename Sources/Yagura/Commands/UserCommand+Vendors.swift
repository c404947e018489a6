import ArgumentParser
import Identity
import Nouns
import Organization
import Text

extension UserCommand {
  struct Vendors: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "vendors",
      abstract: Help.text("事業者のアカウントと、その事業者の一覧", "Print the vendors' accounts and whose they are")
    )

    @OptionGroup var here: Where
    @Flag(help: "JSON") var json = false

    struct Line: Encodable {
      let userName, name, vendor, vendorName: String
    }

    func run() async throws {
      let house = try await House.open(here.place.folder)
      let lines = try await house.closing { house in
        let scope = try await here.scope(in: house)
        let names = Dictionary(
          try await house.organization.suppliers.all(in: scope).map { ($0.id, $0.title) },
          uniquingKeysWith: { first, _ in first }
        )
        let vendors = try await house.organization.vendorAccounts.all(in: scope)
        let accounts = try await house.identity.accounts(in: scope)
        return accounts.filter { $0.grants.contains { $0.grant.role == .vendor } }.map { account in
          // A vendor that was retired or merged away is nobody's.
          let vendor = vendors[account.id].flatMap { names[$0] == nil ? nil : $0 } ?? ""
          return Line(userName: account.userName, name: account.name, vendor: vendor, vendorName: names[vendor] ?? "")
        }
      }
      if json { return try Terminal.json(lines) }
      for line in lines { print("\(line.userName)\t\(line.name)\t\(line.vendor)\t\(line.vendorName)") }
    }
  }
}
