import SQL
import Sealing

extension Identity {
  /// Seals second factors and the secrets of directories and providers with the key of `work`, where an older one still
  /// closes them.
  package static func reseal(_ work: inout Resealing, in tx: any Transaction) throws {
    try resealFactors(&work, in: tx)
    try resealDirectories(&work, in: tx)
    try resealProviders(&work, in: tx)
  }
}
