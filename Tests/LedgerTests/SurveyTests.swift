import Blobs
import Foundation
import Nouns
import Pictures
import Records
import SQL
import Support
import Synchronization
import Testing
import Text
import Time

@testable import Ledger

/// 現地調査: what a walk finds, the second person, the way into the ledger, and photographs that came in a batch.
@Suite struct SurveyTests {
  private static func picture(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return Array(try Data(contentsOf: folder.appending(path: "Corpus/pictures/\(name)")))
  }

  /// The survey whose code stands in the sample photographs.
  private static let photographed = "0192f3a1-7c55-7d20-9d3e-5f1f0a7b9c01"

  @Test(arguments: Engine.available) func aSecondPersonChecksAFind(_ engine: Engine) async throws {
    let world = try await World(engine)
    let survey = try await world.records.create(.survey, ["name": "秋の調査"], in: world.edit)
    let store = SurveyStore(records: world.records)
    let find = try await store.add(["survey": survey.id, "name": "青い箱", "what": "lte"], photo: nil, in: world.edit)
    #expect(find["found_by"] == "佐藤 美咲" && find["found_on"] == "2026-11-21" && find["found_at"] == "10:00")
    await #expect(throws: SurveyStore.Refusal.ownFind) { try await store.check(find.id, in: world.edit) }
    // Nor does another name on the same account make a second person.
    await #expect(throws: SurveyStore.Refusal.ownFind) { try await store.check(find.id, in: world.scope(as: "別 名")) }
    let second = Scope<EditLedger>
      .operatorOf(world.facility, as: Actor(id: "nakamura", name: "中村 直樹"), request: "request-9")
    let checked = try await store.check(find.id, in: second)
    #expect(checked["checked_by"] == "中村 直樹" && checked["checked_on"] == "2026-11-21")
  }

  @Test(arguments: Engine.available) func aFindBecomesADeviceAndAWayOut(_ engine: Engine) async throws {
    let world = try await World(engine)
    let survey = try await world.records.create(.survey, ["name": "秋の調査"], in: world.edit)
    let store = SurveyStore(records: world.records)
    let router = try await store.add(
      ["survey": survey.id, "name": "RT-1", "what": "router", "serial_number": "S-9"],
      photo: nil,
      in: world.edit
    )
    let server = try await store.add(
      ["survey": survey.id, "name": "古いサーバ", "what": "server"],
      photo: nil,
      in: world.edit
    )
    let nothing = try await store.add(
      ["survey": survey.id, "name": "なし", "what": "nothing"],
      photo: nil,
      in: world.edit
    )
    let set = try #require(try await store.merge(router.id, in: world.edit))
    _ = try await store.merge(server.id, in: world.edit)
    let devices = try await world.records.all(.asset, in: world.read).records
    #expect(Set(devices.map(\.title)) == ["RT-1", "古いサーバ"])
    let lines = try await world.records.all(.connection, in: world.read).records
    // What is not known of the way out is a question, never a no.
    #expect(lines.count == 1 && lines[0]["has_connection"] == Unknown.value)
    await #expect(throws: SurveyStore.Refusal.alreadyMerged) { try await store.merge(router.id, in: world.edit) }
    await #expect(throws: SurveyStore.Refusal.nothingToAdd) { try await store.merge(nothing.id, in: world.edit) }
    _ = try await world.records.undo(set, in: world.edit)
    #expect(try await world.records.all(.connection, in: world.read).records.isEmpty)
    #expect(try await world.records.find(.surveyFind, id: router.id, in: world.read).record["asset"] == nil)
  }

  // MARK: Photographs

  private static func code(_ text: String, _ size: Int) -> Photograph.Code {
    Photograph.Code(text: text, x: 500, y: 500, size: size)
  }

  @Test func theCodeOfTheSheetSaysWhereAPhotographBelongs() {
    let codes = PhotoCodes(survey: "s1")
    let line = "http://h/ledger/survey/s1/walk?sheet_line="
    #expect(codes.place(line + "3") == .line(3))
    #expect(codes.place("https://10.0.0.1:8443/ledger/survey/s1/walk?location=L-1") == .location("L-1"))
    for wrong in [
      "http://h/ledger/survey/s2/walk?sheet_line=3", line + "0", line + "x", "s1/walk?sheet_line=3",
      "http://h/ledger/survey/s1/walk", "https://example.com/",
    ] { #expect(codes.place(wrong) == nil, "\(wrong)") }
    #expect(codes.reading([]).state == .withoutCode)
    #expect(codes.reading([Self.code("https://example.com/", 900)]).state == .otherSurvey)
    // A neighbour on the sheet is as large; what was held up is larger.
    let near = codes.reading([Self.code(line + "1", 300), Self.code(line + "2", 280)])
    #expect(near.state == .severalCodes && near.2 == [.line(1), .line(2)])
    let far = codes.reading([Self.code(line + "1", 300), Self.code(line + "2", 150)])
    #expect(far.state == .placed && far.place == .line(1))
    let other = codes.reading([Self.code("tel:1", 900), Self.code(line + "4", 200)])
    #expect(other.state == .placed && other.place == .line(4))
  }

  @Test(arguments: Engine.available) func aBatchIsReadAndPlaced(_ engine: Engine) async throws {
    let world = try await World(engine, ids: .of(Self.photographed))
    let survey = try await world.records.create(.survey, ["name": "秋の調査"], in: world.edit)
    try #require(survey.id == Self.photographed)
    let photos = SurveyPhotoStore(records: world.records)
    let names = ["straight.jpg", "rotated.jpg", "none.jpg", "two.jpg"]
    let uploads = try names.compactMap { SurveyPhotoStore.Upload(try Self.picture($0), name: $0) }
    #expect(try await photos.add(uploads, to: survey, in: world.edit) == 4)
    // The same card read in again adds nothing.
    #expect(try await photos.add(uploads, to: survey, in: world.edit) == 0)
    let outcome = try await photos.readWaiting(survey.id, world.facility) { _, _ in }
    #expect(outcome.placed == 3 && outcome.open == 1)
    #expect(try await photos.readWaiting(survey.id, world.facility) { _, _ in }.placed == 0)
    let byName = Dictionary(
      try await photos.photos(of: survey.id, in: world.read).map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    #expect(byName["straight.jpg"]?.place == .line(3) && byName["straight.jpg"]?.takenAt == "14:05")
    #expect(byName["rotated.jpg"]?.place == .line(4))
    // Held up to the camera, the larger of two is meant.
    #expect(byName["two.jpg"]?.place == .line(1))
    #expect(byName["none.jpg"]?.state == .withoutCode)
    let small = try await photos.bytes(of: try #require(byName["none.jpg"]), small: true, in: world.read)
    #expect(small?.type == .png && (small?.bytes.count ?? 0) > 100)
    // The find of the line, entered later from paper, has its photograph.
    let find = try await SurveyStore(records: world.records).add(
      ["survey": survey.id, "name": "ONU", "what": "onu", "sheet_line": "3"],
      photo: nil,
      in: world.edit
    )
    #expect(try await photos.photos(of: find, in: world.read).map(\.name) == ["straight.jpg"])
    // By hand.
    let left = try #require(byName["none.jpg"])
    #expect(try await photos.place([left.id: .find(find.id)], of: survey, in: world.edit) == 1)
    #expect(try await photos.photos(of: find, in: world.read).count == 2)
    #expect(try await photos.place([left.id: .location("not there")], of: survey, in: world.edit) == 0)
    let other = try await world.records.create(.survey, ["name": "別の調査"], in: world.edit)
    #expect(try await photos.place([left.id: .nothing], of: other, in: world.edit) == 0)
  }

  @Test(arguments: Engine.available) func photographsAreTheFacilitysOwn(_ engine: Engine) async throws {
    let world = try await World(engine)
    let survey = try await world.records.create(.survey, ["name": "秋の調査"], in: world.edit)
    let photos = SurveyPhotoStore(records: world.records)
    let upload = try #require(SurveyPhotoStore.Upload(try Self.picture("straight.png"), name: "a.png"))
    _ = try await photos.add([upload], to: survey, in: world.edit)
    let photo = try #require(try await photos.photos(of: survey.id, in: world.read).first)
    let elsewhere = Scope<ReadLedger>.operatorOf(
      FacilityID(rawValue: "elsewhere"),
      as: Actor(id: "x", name: "x"),
      request: "r"
    )
    #expect(try await photos.find(photo.id, in: elsewhere) == nil)
    #expect(try await photos.bytes(of: photo, small: false, in: elsewhere) == nil)
    #expect(SurveyPhotoStore.Upload(Array("<svg onload=x>".utf8), name: "a.jpg") == nil)
    #expect(SurveyPhotoStore.Upload(Array("%PDF-1.7".utf8), name: "a.jpg") == nil)
  }
}

extension IDMaker {
  /// `first` for the first record that is made: the second id, for its change set has the first.
  fileprivate static func of(_ first: String) -> IDMaker {
    let rest = IDMaker.sequential()
    let count = Mutex(0)
    return IDMaker {
      let number = count.withLock { count in
        count += 1
        return count
      }
      return number == 2 ? first : rest.next()
    }
  }
}
