/// Seals anew, one by one, what an older key closed, and counts.
package struct Resealing: Sendable {
  private let seal: Seal
  /// Closed with the new key by now.
  package private(set) var renewed = 0
  /// What no key opens: sealed with a key that was lost before, or changed since. It stays as it is.
  package private(set) var lost = 0

  /// `seal` closes with the new key and knows the old one.
  package init(_ seal: Seal) { self.seal = seal }

  /// The same secret under the new key; nil where nothing is to be done, or nothing can be.
  package mutating func renew(_ envelope: [UInt8], for purpose: String) throws(SealError) -> [UInt8]? {
    guard seal.wantsResealing(envelope) else { return nil }
    let secret: [UInt8]
    do throws(SealError) {
      secret = try seal.open(envelope, for: purpose)
    } catch {
      lost += 1
      return nil
    }
    let closed = try seal.close(secret, for: purpose)
    guard try seal.open(closed, for: purpose) == secret else { throw .failed }
    renewed += 1
    return closed
  }
}
