import ArgumentParser
import Foundation
import Sealing
import Text

/// The keys of the installation, from the machine itself.
struct KeysCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: Help.text("データベースの秘密を封じる鍵を取り替える", "Change the key that seals secrets in the database"),
    subcommands: [Rotate.self]
  )

  struct Rotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rotate",
      abstract: Help.text("新しい鍵を作り、秘密を封じ直し、前の鍵を消す", "Make a new key, seal everything anew, remove the old one"),
      discussion: Help.text(
        "serve を止めてから実行します。封じ直すのは、2段階認証の秘密と、ディレクトリ・認証プロバイダー・メールの中継サーバーのパスワードです。途中で止まっても何も失われず、もう一度実行すれば続きから終わります。前のバックアップは、それに入っている鍵で戻せます。",
        "Stop serve first. Sealed anew are the secrets of two-step sign-in and the passwords for directory, provider and mail relay. If it is cut off nothing is lost: run it again and it goes on. Earlier backups come back with the keys that lie in them."
      )
    )

    @OptionGroup var place: Place

    @Flag(
      help: ArgumentHelp(
        Help.text(
          "鍵の入ったバックアップがなくても取り替える",
          "Do it also where no backup holds the keys"
        )
      )
    )
    var withoutBackup = false

    func run() async throws {
      let house = try await House.open(place.folder)
      let work = try await house.closing { house in
        // Held to the end, so that nobody begins to serve in the midst of it.
        let lock = try house.folder.lockForServing(note: "yagura keys rotate")
        defer { withExtendedLifetime(lock) {} }
        try checkBackup(house)
        return try await KeyRotation(house: house).run()
      }
      Terminal.say(
        "封じる鍵を取り替え、秘密\(work.renewed)件を封じ直しました。新しい鍵を控えるため、yagura backup --passphrase-file でバックアップを作ってください。",
        "The sealing key is changed and \(work.renewed) secrets are sealed anew. Make a backup with yagura backup --passphrase-file, so that the new key is saved."
      )
      guard work.lost == 0 else {
        throw CommandProblem.needsAction(
          Localized(
            ja: "前の鍵でも開けない秘密が\(work.lost)件あり、そのままにしました。2段階認証やパスワードを設定し直してください。",
            en:
              "\(work.lost) secrets could not be opened with the old key either and were left as they were. Set those second factors or passwords anew."
          )
        )
      }
    }

    /// The first change may be the first time anybody thinks of the keys. One that was begun is ended in any case.
    private func checkBackup(_ house: House) throws(CommandProblem) {
      guard !withoutBackup, house.keys.next == nil,
        BackupNote.read(house.folder)?.keysOf != house.keys.signing.publicKey.fingerprint
      else { return }
      throw .badInput(
        Localized(
          ja: "いまの鍵の入ったバックアップがありません。先に yagura backup --passphrase-file で作ってください（なしで進めるときは --without-backup）。",
          en:
            "No backup holds the keys of now. Make one first with yagura backup --passphrase-file (or go on with --without-backup)."
        )
      )
    }
  }
}
