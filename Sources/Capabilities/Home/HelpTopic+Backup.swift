import Text

// What keeps the records alive when the machine is not.
extension HelpTopic {
  static let backup = HelpTopic(
    key: "backup",
    title: text("バックアップを作り、戻せることを確かめる", "Backups, and proving that they can be restored"),
    lead: text(
      "バックアップは、Yagura を動かしている機械で、コマンドで作ります。戻して確かめたものだけを、頼れるものとして数えます。",
      "Backups are made with a command on the machine that runs Yagura. Only one that was brought back counts."
    ),
    steps: [
      text(
        "合言葉（12文字以上）を1行目に書いたファイルを作り、本体とは別の場所にも控えます。",
        "Put a passphrase of 12 characters or more into the first line of a file, and keep it elsewhere too."
      ),
      text(
        "別のディスクか媒体の、まだないフォルダに作ります：yagura backup /別のディスク/2026-11-28 --data データのフォルダ --passphrase-file 合言葉のファイル --encrypt",
        "Make it in a new folder on another disk or medium: yagura backup /other/2026-11-28 --data FOLDER --passphrase-file FILE --encrypt"
      ),
      text(
        "動かしたまま作れます。作ったものは、一時フォルダに戻し、データベースと変更の記録を検査するところまで自動で行います。",
        "It can be made while the server runs. It is then brought back into a temporary folder and checked by itself."
      ),
      text(
        "PostgreSQL のときは、表示された pg_dump のコマンドも続けて実行します。別のサーバーに戻して yagura verify で確かめたら、yagura backup --mark-proved 控えのフォルダ で記録します。",
        "On PostgreSQL also run the pg_dump command that is printed. Once it was restored elsewhere and yagura verify is content, note it with yagura backup --mark-proved FOLDER."
      ),
      text(
        "毎日、cron か systemd timer で実行します。7日間、確かめたものがないと、ホームの「やること」に出ます。",
        "Run it every day from cron or a systemd timer. After seven days without a proved one it becomes a thing to do."
      ),
      text(
        "戻すときは、新しいフォルダに戻します：yagura restore 控えのフォルダ --data 新しいフォルダ --passphrase-file 合言葉のファイル。版を戻すときも同じです。",
        "To restore, name a new folder: yagura restore BACKUP --data NEW-FOLDER --passphrase-file FILE. Going back to an older version is the same."
      ),
    ],
    troubles: [
      .init(
        text("「やること」が消えない", "The thing to do stays"),
        text(
          "--skip-verification を付けて作ったもの、PostgreSQL で記録していないものは、確かめたものに数えません。yagura doctor で今の状態が分かります。",
          "What was made with --skip-verification, or on PostgreSQL without being noted, does not count. yagura doctor tells."
        )
      ),
      .init(
        text("戻したら脆弱性データがない", "After restoring there are no feeds"),
        text(
          "ふだんは入れません。媒体から yagura vuln import でまとめて取り込み直すと、すべての機器と照らし合わせ直します。入れておくときは --with-feeds を付けます。",
          "They are usually left out. Load them again with yagura vuln import; all devices are then compared anew. --with-feeds puts them in."
        )
      ),
    ],
    pages: []
  )
}
