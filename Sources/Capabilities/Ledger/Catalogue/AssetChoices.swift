import Records
import Text

/// What the fields of an asset may say, and how ledgers write it.
extension Kind {
  package static let assetCategories = [
    Choice(
      "server",
      ja: "サーバ",
      en: "Server",
      synonyms: "サーバー|サーバ機|サーバ機器|物理サーバ|ラックサーバ|ｻｰﾊﾞ|SV|S|NAS|ストレージ|ストレージ装置|共有ディスク|Servers|Storage|File Server"
    ),
    Choice(
      "terminal",
      ja: "端末",
      en: "PC",
      synonyms:
        "PC|ＰＣ|パソコン|クライアント|クライアントPC|クライアント端末|デスクトップ|デスクトップPC|ノート|ノートPC|ノートパソコン|ノート型|デスクトップ型|ラップトップ|タブレット|タブレット端末|"
        + "スマートフォン|スマホ|携帯端末|モバイル端末|シンクライアント|ワークステーション|WS|業務端末|電子カルテ端末|端末機|T|P|C|Terminal|Client|Desktop|Laptop|Notebook|"
        + "Workstation|Tablet|Thin Client|Computer"
    ),
    Choice(
      "network",
      ja: "ネットワーク機器",
      en: "Network device",
      synonyms:
        "NW機器|ＮＷ機器|NW|ＮＷ|ネットワーク|通信機器|スイッチ|L2スイッチ|L3スイッチ|L2SW|L3SW|SW|HUB|ハブ|ルータ|ルーター|ファイアウォール|ファイアーウォール|FW|UTM|VPN装置|VPN機器|"
        + "VPN|無線AP|アクセスポイント|無線LANアクセスポイント|AP|ONU|モデム|LTEルータ|モバイルルータ|無線LANコントローラ|ロードバランサ|N|Network|Network Device|Switch|Router|Firewall|"
        + "Access Point|Gateway|Network Equipment"
    ),
    Choice(
      "medical",
      ja: "医療機器",
      en: "Medical device",
      synonyms: "モダリティ|医用機器|医療装置|ME機器|ＭＥ機器|検査機器|検査装置|画像診断装置|放射線機器|放射線装置|撮影装置|治療機器|分析装置|生体情報モニタ|モニタ装置|超音波装置|CT|MRI|M|"
        + "輸液ポンプ|透析装置|内視鏡装置|心電計|医療用機器|Medical|Medical Device|Modality|Medical Equipment|Analyzer|Imaging"
    ),
    Choice(
      "printer",
      ja: "プリンタ",
      en: "Printer",
      synonyms:
        "プリンター|複合機|コピー機|複写機|ラベルプリンタ|ラベルプリンター|レーザープリンタ|MFP|スキャナ|スキャナー|FAX|ＦＡＸ|印刷機|周辺機器|Printers|Multifunction|Scanner|Copier"
    ),
    Choice(
      "iot",
      ja: "IoT機器",
      en: "IoT device",
      synonyms:
        "IoT|ＩｏＴ|IoT端末|カメラ|監視カメラ|ネットワークカメラ|防犯カメラ|センサ|センサー|入退室|入退室管理装置|空調|設備機器|電話機|IP電話|サイネージ|デジタルサイネージ|テレビ|ナースコール|"
        + "UPS|無停電電源装置|ビル設備|Camera|Sensor|Smart Device|IP Phone|OT"
    ),
    Choice(
      "virtual",
      ja: "仮想マシン",
      en: "Virtual machine",
      synonyms: "仮想|仮想サーバ|仮想サーバー|仮想端末|仮想デスクトップ|VM|ＶＭ|VDI|ゲストOS|クラウドサーバ|Virtual|Virtual Machine|Virtual Server|Guest"
    ),
    Choice("other", ja: "その他", en: "Other", synonyms: "他|その他機器|雑|Others|Misc|Miscellaneous"),
  ]

  package static let antivirusChoices = [
    Choice(
      "installed",
      ja: "導入済",
      en: "Installed",
      synonyms:
        "導入済み|導入|導入あり|有|有り|あり|○|〇|◯|◎|済|済み|実施|実施済|対応済|対応済み|インストール済|インストール済み|入|入り|yes|y|on|true|1|はい|稼働中|有効|対策済|対策済み|"
        + "Defender|Windows Defender|Microsoft Defender|ウイルスバスター|ウイルスバスターCorp|Apex One|ApexOne|Symantec|Symantec Endpoint Protection|SEP|ESET|"
        + "McAfee|Trellix|Kaspersky|カスペルスキー|Sophos|CrowdStrike|Cylance|F-Secure|WithSecure|EDR|Cortex XDR|SentinelOne|Trend Micro|Norton|ノートン|enabled|active"
    ),
    Choice(
      "none",
      ja: "未導入",
      en: "Not installed",
      synonyms: "未|未導入|未対応|未実施|未インストール|無|無し|なし|×|✕|導入なし|no|n|off|false|0|いいえ|入っていない|not installed|none|disabled|無効|停止"
    ),
    Choice(
      "impossible",
      ja: "対象外",
      en: "Not possible",
      synonyms:
        "対象外|非対象|適用外|導入不可|不可|導入できない|メーカー不可|メーカー指定により不可|インストール不可|不要|該当外|該当なし|n/a|not applicable|excluded|ホワイトリスト型|ロックダウン"
    ),
  ]

  package static let procurementChoices = [
    Choice(
      "purchase",
      ja: "購入",
      en: "Purchased",
      synonyms: "買取|買い取り|買上|自己所有|自院購入|資産|固定資産|備品|保有|自己資金|院有|購入品|purchase|bought|owned|own"
    ),
    Choice("lease", ja: "リース", en: "Leased", synonyms: "ﾘｰｽ|リース契約|リース品|再リース|リース中|所有権移転外リース|lease|leased"),
    Choice("rental", ja: "レンタル", en: "Rented", synonyms: "ﾚﾝﾀﾙ|レンタル品|賃貸|賃借|短期レンタル|rental|rent|rented"),
    Choice(
      "loan",
      ja: "借用・デモ",
      en: "On loan",
      synonyms: "借用|借用(デモ)|借用（デモ）|デモ|デモ機|貸与|貸与品|無償貸与|無償貸出|貸出|借受|借り物|試用|評価機|業者持込|業者持ち込み|ベンダ持込|ベンダー持込|持込|持ち込み|持込機器|支給品|"
        + "業者所有|業者資産|loan|loaned|demo|borrowed|trial|vendor owned"
    ),
    Choice("donated", ja: "寄贈", en: "Donated", synonyms: "寄付|寄附|譲渡|無償譲渡|移管|管理換え|donation|donated|transferred"),
  ]

  package static let assetStates = [
    Choice(
      "in_use",
      ja: "使用中",
      en: "In use",
      synonyms:
        "稼働|稼働中|稼動中|使用|利用中|運用中|運用|現用|現役|設置|設置済|設置中|配備済|正常|○|有効|in use|active|running|deployed|online|production|live"
    ),
    Choice(
      "moved",
      ja: "移動・貸出中",
      en: "Moved",
      synonyms: "移動|移設|移設済|移管|貸出|貸出中|転用|持出|持出中|moved|relocated|transferred|on loan"
    ),
    Choice(
      "stored",
      ja: "保管",
      en: "Stored",
      synonyms:
        "保管中|在庫|予備|予備機|未使用|不使用|遊休|休止|停止|停止中|待機|待機中|保存|倉庫|未設置|修理中|修理|故障|故障中|stored|in stock|spare|idle|standby|inactive|repair"
    ),
    Choice(
      "disposed",
      ja: "廃棄済",
      en: "Disposed",
      synonyms:
        "廃棄|廃棄済み|除却|除却済|処分|処分済|撤去|撤去済|返却|返却済|返却済み|廃止|削除|終了|廃棄予定済|disposed|retired|scrapped|removed|returned|decommissioned"
    ),
    Choice(
      "missing",
      ja: "所在不明",
      en: "Missing",
      synonyms: "不明機|紛失|所在不明|行方不明|見当たらない|未発見|現物なし|現物無し|missing|lost|not found"
    ),
  ]
}
