import Records
import Text

/// What the fields of an external connection may say, and how ledgers write it.
extension Kind {
  package static let connectionModes = [
    Choice(
      "always",
      ja: "常時",
      en: "Always on",
      synonyms: "常時接続|常に接続|常時ON|24時間|24時間接続|24h|24時間365日|常設|常時稼働|つなぎっぱなし|always|always on|permanent|continuous|24/7"
    ),
    Choice(
      "on_demand",
      ja: "必要時",
      en: "On demand",
      synonyms:
        "必要時接続|必要時のみ|必要に応じて|都度|都度接続|随時|使用時のみ|使用時|保守時のみ|作業時のみ|申請時のみ|障害時|障害時のみ|緊急時|依頼時|オンデマンド|on demand|as needed|"
        + "when needed|temporary|occasional|ad hoc"
    ),
    Choice(
      "scheduled",
      ja: "定時",
      en: "At set times",
      synonyms: "定期|定期的|定時接続|夜間|夜間のみ|日次|1日1回|毎日|週次|月次|月1回|バッチ|scheduled|daily|weekly|monthly|nightly"
    ),
  ]

  package static let lineTypes = [
    Choice(
      "fibre",
      ja: "光回線",
      en: "Fibre internet",
      synonyms:
        "フレッツ光|光|光ファイバ|光ファイバー|光ネクスト|フレッツ|Bフレッツ|フレッツ光ネクスト|光コラボ|ひかり電話回線|NTT光|auひかり|NURO光|ﾌﾚｯﾂ光|FTTH|インターネット|インターネット回線|"
        + "ブロードバンド|CATV|ケーブル|eo光|コミュファ光|fibre|fiber|optical|internet|broadband"
    ),
    Choice(
      "lte",
      ja: "LTE・携帯回線",
      en: "LTE",
      synonyms:
        "LTE|ＬＴＥ|モバイル|モバイル（ＬＴＥ）|モバイル(LTE)|モバイル回線|モバイルルータ|モバイルルーター|SIM|SIMルータ|SIMルーター|SIMカード|携帯|携帯電話回線|携帯回線|4G|5G|3G|"
        + "4G/LTE|ローカル5G|無線|無線回線|ポケットWiFi|ポケットWi-Fi|モバイルWi-Fi|WiMAX|ドコモ|ソフトバンク|FOMA|LTEルータ|LTE回線|ソラコム|SORACOM|mobile|cellular|wireless|4g lte"
    ),
    Choice(
      "isdn",
      ja: "ISDN",
      en: "ISDN",
      synonyms: "ＩＳＤＮ|INS|INS64|INSネット|INSネット64|INS1500|ISDN回線|ダイヤルアップ(ISDN)|isdn line"
    ),
    Choice(
      "leased",
      ja: "専用線",
      en: "Leased line",
      synonyms:
        "専用回線|専用|広域イーサ|広域イーサネット|広域LAN|イーサネット専用線|ダークファイバ|デジタル専用線|デジタルアクセス|leased line|dedicated|dedicated line|private line|wide area ethernet"
    ),
    Choice(
      "ip_vpn",
      ja: "IP-VPN・閉域網",
      en: "IP-VPN",
      synonyms:
        "IP-VPN|ＩＰ－ＶＰＮ|IPVPN|閉域網|閉域|閉域回線|閉域VPN|地域医療ネットワーク回線|IP-VPN網|VPN網|フレッツVPN|フレッツ・VPNワイド|VPNワイド|KDDI Wide Area|"
        + "オンライン資格確認回線|IP網|closed network|mpls|vpn"
    ),
    Choice(
      "phone",
      ja: "電話回線",
      en: "Telephone line",
      synonyms:
        "電話|アナログ|アナログ回線|アナログ電話回線|公衆回線|一般回線|加入電話|モデム|ダイヤルアップ|PSTN|FAX回線|ADSL|phone|telephone|analog|analogue|dial-up|modem|dsl"
    ),
    Choice(
      "media",
      ja: "媒体の受け渡し",
      en: "Media by hand",
      synonyms:
        "USB|USBメモリ|USB受渡|USB受け渡し|USBメモリ受渡し|媒体|外部媒体|可搬媒体|可搬型媒体|CD|DVD|CD/DVD|CD-R|MO|HDD受渡|持込PC|持ち込みPC|オフライン|手渡し|media|usb|"
        + "by hand|removable media|offline"
    ),
    Choice("other", ja: "その他", en: "Other", synonyms: "他|その他回線|衛星|衛星回線|院内LAN|LAN|VLAN|others|satellite"),
  ]

  package static let mechanisms = [
    Choice(
      "ipsec",
      ja: "IPsec-VPN",
      en: "IPsec VPN",
      synonyms:
        "IPsec|IPSec|ＩＰｓｅｃ|IPsecVPN|IPSEC|IPsec-VPN|IPsec/IKE|IKE|IPsec+IKE|拠点間VPN|拠点間接続VPN|サイト間VPN|VPN(IPsec)|L2TP/IPsec|L2TP|site to site vpn|vpn"
    ),
    Choice(
      "ssl_vpn",
      ja: "SSL-VPN",
      en: "SSL VPN",
      synonyms:
        "SSL|SSLVPN|ＳＳＬ－ＶＰＮ|SSL VPN|TLS-VPN|TLSVPN|リモートアクセスVPN|VPN(SSL)|AnyConnect|FortiClient|GlobalProtect|Pulse Secure|クライアントVPN|remote access vpn|tls vpn"
    ),
    Choice(
      "rdp",
      ja: "リモートデスクトップ（RDP）",
      en: "Remote desktop (RDP)",
      synonyms: "RDP|ＲＤＰ|リモートデスクトップ|リモートデスクトップ接続|MSTSC|RDP接続|VNC|UltraVNC|remote desktop|terminal service"
    ),
    Choice(
      "remote_tool",
      ja: "遠隔操作ツール",
      en: "Remote control tool",
      synonyms:
        "TeamViewer|チームビューア|AnyDesk|リモートツール|遠隔操作ソフト|リモート操作ツール|リモートサポートツール|画面共有|Splashtop|LogMeIn|ISL|ISL Online|RemoteView|RsupportRemoteCall|"
        + "RemoteCall|Chromeリモートデスクトップ|Chrome Remote Desktop|LAPLINK|Zoom|Webex|BeyondTrust|Bomgar|remote tool|remote control|screen sharing"
    ),
    Choice(
      "https",
      ja: "HTTPS",
      en: "HTTPS",
      synonyms:
        "http|https|ＨＴＴＰＳ|Web|WEB|ウェブ|ブラウザ|TLS|SSL/TLS|SSL通信|API|クラウド|SaaS|https通信|TLS1.2|TLS1.3|web browser|cloud"
    ),
    Choice(
      "leased",
      ja: "専用線（閉域）",
      en: "Leased line",
      synonyms: "専用線|専用回線|閉域|閉域網|IP-VPN|IPVPN|広域イーサ|広域イーサネット|専用|leased line|dedicated line|closed network|mpls"
    ),
    Choice(
      "file_transfer",
      ja: "ファイル転送",
      en: "File transfer",
      synonyms:
        "FTP|SFTP|FTPS|SCP|ファイル転送|ファイル共有|HULFT|DICOM|DICOM送信|DICOM通信|HL7|メール|SMTP|SSH|telnet|file transfer|ssh/scp"
    ),
    Choice(
      "none",
      ja: "仕組みなし（平文）",
      en: "None (plain)",
      synonyms: "なし|無|無し|×|平文|暗号化なし|特になし|そのまま|直結|直接接続|ダイレクト|公衆|none|no|plain|direct|unencrypted"
    ),
    Choice(
      "other",
      ja: "その他",
      en: "Other",
      synonyms: "他|独自|独自方式|メーカー独自|メーカー独自方式|専用ソフト|コールバック|ダイヤルアップ|others|proprietary|dial-up"
    ),
  ]

  package static let authentications = [
    Choice(
      "none",
      ja: "認証なし",
      en: "None",
      synonyms: "なし|無|無し|×|認証無し|未設定|設定なし|特になし|認証していない|自動ログイン|自動ログオン|no|none|no authentication|without"
    ),
    Choice(
      "shared_id",
      ja: "共通ID",
      en: "Shared ID",
      synonyms:
        "共有ID|共用ID|共通アカウント|共有アカウント|共用アカウント|共通ID/PW|共通ID・パスワード|共有ID/PW|共通パスワード|共通|共用|共有|グループID|業者共通ID|ベンダ共通ID|デフォルトID|初期ID|"
        + "admin|administrator|shared|shared id|shared account|common id|default account"
    ),
    Choice(
      "password",
      ja: "ID・パスワード",
      en: "ID and password",
      synonyms:
        "ID/PW|ID/パスワード|ID・PW|ID、パスワード|IDパスワード|ＩＤ／ＰＷ|ID/PASS|ID＋パスワード|ID+PW|IDとパスワード|パスワード|PW|個人ID|個別ID|個人ID/PW|ユーザーID/パスワード|"
        + "ユーザID/パスワード|PAP|CHAP|あり|有|○|password|id/password|id and password|user/password|username/password"
    ),
    Choice(
      "multi_factor",
      ja: "多要素認証",
      en: "Multi-factor",
      synonyms:
        "多要素|二要素|2要素|２要素|二要素認証|2要素認証|二段階認証|2段階認証|二段階|ワンタイムパスワード|OTP|トークン|ワンタイム|MFA|2FA|生体認証|ICカード|ICカード認証|ID/PW+証明書|"
        + "ID/PW＋証明書|ID・PW・証明書|multi factor|multi-factor|two factor|two-factor|mfa|one time password|token"
    ),
    Choice(
      "certificate",
      ja: "証明書",
      en: "Certificate",
      synonyms:
        "電子証明書|クライアント証明書|デバイス証明書|機器証明書|端末証明書|証明書認証|公開鍵|公開鍵認証|鍵認証|事前共有鍵|PSK|HPKI|certificate|client certificate|device certificate|"
        + "public key|pre-shared key|psk"
    ),
    Choice(
      "other",
      ja: "その他",
      en: "Other",
      synonyms: "他|その他の認証|発信者番号|発番号認証|発信番号認証|コールバック|MACアドレス認証|MAC認証|IPアドレス認証|others|callback|caller id"
    ),
  ]

  package static let checklistStates = [
    Choice(
      "submitted",
      ja: "提出済",
      en: "Handed in",
      synonyms: "済|済み|提出|提出済み|受領|受領済|受領済み|回収済|回収済み|回答済|回答済み|回答あり|入手済|完了|有|あり|○|〇|◯|yes|y|done|received|submitted"
    ),
    Choice(
      "not_submitted",
      ja: "未提出",
      en: "Not handed in",
      synonyms: "未|未提出|未受領|未回収|未回答|未入手|なし|無|無し|×|依頼中|回答待ち|作成中|督促中|no|n|not yet|pending|not submitted|requested"
    ),
    Choice("not_needed", ja: "対象外", en: "Not needed", synonyms: "不要|非対象|対象外|該当なし|not needed|not applicable|n/a"),
  ]
}
