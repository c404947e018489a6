import Intake
import Tabular
import Testing
import Text

@Suite struct `Who is meant by a name` {
  private func vendors(_ names: [String], known: [KnownReference] = []) -> (IntakeResult, [String]) {
    let lines = names.enumerated().map { "A00\($0.offset)|端末\($0.offset)|\($0.element)" }.joined(separator: "\n")
    let result = read(
      book(sheet("表", "管理番号|機器名|保守業者\n" + lines)),
      references: ReferenceResolver(["vendor": known])
    )
    return (result, result.rows.map { $0["maintenance_vendor"] ?? "nil" })
  }

  @Test func `legal forms, widths and blanks make no difference`() {
    let (result, stored) = vendors([
      "株式会社メディライン", "㈱メディライン", "（株）メディライン", "ﾒﾃﾞｨﾗｲﾝ（株）", "メディライン 株式会社", "メディライン",
    ])
    #expect(Set(stored) == ["+株式会社メディライン"])
    #expect(result.newReferences["vendor"]?.count == 1)
    #expect(result.newReferences["vendor"]?.first?.count == 6)
  }

  @Test func `a shortened name means the only longer one, and a note says so`() {
    let (result, stored) = vendors(["ナカツ給食サービス㈱", "ナカツ給食", "北辰ネットワークス株式会社", "北辰ネット", "東都放射線機器(株)", "東都放射線"])
    #expect(
      stored == [
        "+ナカツ給食サービス㈱", "+ナカツ給食サービス㈱", "+北辰ネットワークス株式会社", "+北辰ネットワークス株式会社", "+東都放射線機器(株)", "+東都放射線機器(株)",
      ]
    )
    #expect(result.problems.filter { $0.code == "reference.alias" }.count == 3)
  }

  @Test func `two candidates are no proof, and three letters are too few`() {
    let (_, stored) = vendors(["東洋電子工業", "東洋電子サービス", "東洋電子", "富士通ジャパン", "富士通"])
    #expect(stored[2] == "+東洋電子")
    #expect(stored[4] == "+富士通")
  }

  @Test func `what the ledger knows comes first, also by an alias`() {
    let known = [KnownReference(id: "v1", name: "株式会社メディライン", aliases: ["MDL"])]
    let (result, stored) = vendors(["メディライン", "ＭＤＬ", "メディ", "別会社"], known: known)
    #expect(stored == ["v1", "v1", "+メディ", "+別会社"])
    #expect(result.newReferences["vendor"]?.map(\.name) == ["メディ", "別会社"])
  }

  @Test func `departments are compared as a whole`() {
    let result = read(book(sheet("表", "管理番号|機器名|部署\nA01|a|検査部\nA02|b|検査部門\nA03|c|検　査　部")))
    #expect(result.rows.map { $0["department"] } == ["+検査部", "+検査部門", "+検査部"])
  }

  @Test func `English companies`() {
    let (_, stored) = vendors(["Cisco Systems, Inc.", "Cisco Systems", "CISCO SYSTEMS Co., Ltd.", "Cisco"])
    #expect(Set(stored.prefix(3)).count == 1)
  }
}
