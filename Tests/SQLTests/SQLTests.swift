import SQL
import Testing

@Suite struct SQLTests {
  @Test func valuesAreBoundAndNamesAreText() {
    let sql: SQL = "SELECT \(name: "id") FROM asset WHERE name = \("x'; DROP") AND n IN (\(list: [1, 2]))"
    #expect(sql.pieces.count == 7 || sql.pieces.count == 9)
    #expect(sql.pieces.contains(.value(.text("x'; DROP"))))
  }
}
