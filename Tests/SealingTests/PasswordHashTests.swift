import Sealing
import Support
import Testing

@Suite struct PasswordHashTests {
  let hasher = PasswordHash(.forTests)

  /// From the reference implementation's test.c.
  @Test func theReferenceVectorsComeOut() throws {
    let password = Array("password".utf8)
    let salt = Array("somesalt".utf8)
    let small = try PasswordHash.derive(password, salt: salt, .init(memory: 256, passes: 2, lanes: 1))
    #expect(Hex.encode(small) == "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe")
    let large = try PasswordHash.derive(password, salt: salt, .init(memory: 65_536, passes: 2, lanes: 1))
    #expect(Hex.encode(large) == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7")
  }

  @Test func aStringOfTheReferenceImplementationIsUnderstood() async throws {
    let stored = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
    #expect(try await hasher.verify("password", against: stored) == .right(needsRehash: true))
    #expect(try await hasher.verify("Password", against: stored) == .wrong)
  }

  @Test func aHashIsRightForItsPasswordOnly() async throws {
    let stored = try await hasher.hash("桜の花 17 本 \u{1F338}")
    #expect(stored.hasPrefix("$argon2id$v=19$m=64,t=1,p=1$"))
    #expect(try await hasher.verify("桜の花 17 本 \u{1F338}", against: stored) == .right(needsRehash: false))
    #expect(try await hasher.verify("桜の花 17 本", against: stored) == .wrong)
    #expect(try await hasher.hash("a") != hasher.hash("a"))
  }

  @Test(arguments: [
    "", "$", "plain", "$argon2id$", "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$aaaa",
    "$argon2id$v=19$m=999999999,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
    "$argon2id$v=19$m=64,t=1,p=-1$c29tZXNhbHQ$aaaa", "$argon2id$v=19$m=64,t=1,p=1$$", "\0$argon2id",
  ])
  func whatIsNoHashIsWrongForEveryPassword(stored: String) async throws {
    #expect(try await hasher.verify("password", against: stored) == .wrong)
    #expect(try await hasher.verify("", against: stored) == .wrong)
  }

  @Test func aMegabyteOfPasswordIsRefused() async throws {
    await #expect(throws: PasswordHash.Failure.tooLong) {
      try await hasher.hash(String(repeating: "a", count: 1_000_000))
    }
  }

  @Test func anEarlierPasswordIsRecognised() async throws {
    let history = [try await hasher.hash("first 1"), try await hasher.hash("second 2")]
    #expect(try await hasher.isReused("second 2", in: history))
    #expect(try await !hasher.isReused("third 3", in: history))
  }

  @Test func moreThanMayWaitIsRefusedAndTheRestIsDone() async {
    let work = BoundedWork(label: "test", width: 2, limit: 3)
    let hasher = PasswordHash(.init(memory: 8192, passes: 2, lanes: 1), work: work)
    let (done, refused) = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<40 {
        group.addTask {
          // Refused is what is counted.
          (try? await hasher.hash("x")) != nil
        }
      }
      return await group.reduce(into: (0, 0)) { sum, isDone in
        if isDone { sum.0 += 1 } else { sum.1 += 1 }
      }
    }
    #expect(done >= 2)
    #expect(done + refused == 40)
    // What was freed can be used again.
    await #expect(throws: Never.self) { try await hasher.hash("x") }
  }
}
