import Records
import Text

/// Where things stand and hang together: places, network zones, and the parts of an asset.
extension Kind {
  package static let location = Kind(
    key: "location",
    label: Localized(ja: "場所", en: "Location"),
    plural: Localized(ja: "場所", en: "Locations"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field(
        "name",
        ja: "場所",
        en: "Location",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "設置場所|場所名|名称|部屋名|室名|ロケーション|Location|Place|Room|Name"
      ),
      Field(
        "building",
        ja: "建物",
        en: "Building",
        .text,
        group: "basic",
        weight: .extra,
        synonyms: "棟|建屋|館|建物名|棟名|Building|Block|Wing"
      ),
      Field(
        "floor",
        ja: "階",
        en: "Floor",
        .text,
        group: "basic",
        weight: .extra,
        synonyms: "フロア|階数|階層|Floor|Level|Storey"
      ),
      Field(
        "room",
        ja: "部屋",
        en: "Room",
        .text,
        group: "basic",
        weight: .extra,
        synonyms: "室|部屋名|部屋番号|室番号|室名|Room|Room No|Room Number"
      ),
      Field(
        "locked",
        ja: "施錠",
        en: "Locked",
        .yesNoUnknown,
        group: "basic",
        weight: .extra,
        synonyms: "施錠の有無|施錠管理|鍵|入退室管理|入退室管理の有無|Locked|Access Control"
      ),
      Field(
        "remarks",
        ja: "備考",
        en: "Remarks",
        .multiline,
        group: "basic",
        weight: .extra,
        synonyms: "摘要|メモ|Notes|Remarks|Comment"
      ),
    ],
    titleFields: ["name"],
    identities: [["name"]],
    defaultSort: [Sort("name")],
    listed: ["name", "building", "floor", "room"],
    menuOrder: 7,
    reach: .everyone,
    traits: KindTraits(isMadeByName: true, parts: LocationName.parts)
  )

  /// ゾーン: a part of the network with its own addresses and its own trust.
  package static let zone = Kind(
    key: "zone",
    label: Localized(ja: "ネットワーク区画", en: "Network zone"),
    plural: Localized(ja: "ネットワーク区画", en: "Network zones"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field(
        "name",
        ja: "区画名",
        en: "Zone",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms:
          "ゾーン|ゾーン名|セグメント|セグメント名|ネットワーク名|ネットワーク区画|系統|LAN名|名称|VLAN名|Zone|Zone Name|Segment|Network|Network Name|Name"
      ),
      Field(
        "address_range",
        ja: "アドレス範囲",
        en: "Address range",
        .text,
        group: "basic",
        synonyms:
          "ネットワークアドレス|サブネット|IPアドレス範囲|CIDR|アドレス帯|IP範囲|セグメントアドレス|Range|Subnet|CIDR|Address Range|Network Address|Prefix"
      ),
      Field(
        "vlan",
        ja: "VLAN番号",
        en: "VLAN",
        .identifier,
        group: "basic",
        weight: .extra,
        synonyms: "VLAN|VLANID|VLAN ID|VID|VLAN No"
      ),
      Field(
        "internet",
        ja: "インターネット接続",
        en: "Reaches the internet",
        .yesNoUnknown,
        group: "basic",
        synonyms: "インターネット|インターネット接続の有無|外部接続|外部接続の有無|Internet|Internet Access"
      ),
      Field(
        "purpose",
        ja: "用途",
        en: "Purpose",
        .text,
        group: "basic",
        weight: .extra,
        synonyms: "目的|利用目的|使用目的|説明|Purpose|Use|Description"
      ),
      Field(
        "remarks",
        ja: "備考",
        en: "Remarks",
        .multiline,
        group: "basic",
        weight: .extra,
        synonyms: "摘要|メモ|Notes|Remarks|Comment"
      ),
    ],
    titleFields: ["name"],
    identities: [["name"]],
    defaultSort: [Sort("name")],
    listed: ["name", "address_range", "vlan", "internet"],
    menuOrder: 8,
    reach: .everyone,
    traits: KindTraits(isMadeByName: true)
  )

  package static let software = Kind(
    key: "software",
    label: Localized(ja: "ソフトウェア", en: "Software"),
    plural: Localized(ja: "ソフトウェア", en: "Software"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field(
        "asset",
        ja: "機器",
        en: "Device",
        .reference("asset"),
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "管理番号|機器名|インストール先|端末|コンピューター名|Asset|Installed On|Host|Computer"
      ),
      Field(
        "name",
        ja: "ソフトウェア名",
        en: "Software",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms:
          "ソフトウェア|ソフト名|ソフト|アプリケーション|アプリケーション名|アプリ名|プログラム名|製品名|名称|Software Name|Application|Program|Product|Name|DisplayName"
      ),
      Field(
        "version",
        ja: "版",
        en: "Version",
        .text,
        group: "basic",
        weight: .essential,
        synonyms: "バージョン|版数|ソフトウェアバージョン|Ver|Version|Release|DisplayVersion"
      ),
      Field(
        "publisher",
        ja: "発行元",
        en: "Publisher",
        .text,
        group: "basic",
        weight: .extra,
        synonyms: "メーカー|製造元|提供元|ベンダ|ベンダー|開発元|Publisher|Vendor|Manufacturer"
      ),
      Field(
        "installed_on",
        ja: "導入日",
        en: "Installed on",
        .date,
        group: "basic",
        weight: .extra,
        synonyms: "インストール日|導入年月日|Install Date|Installed|InstallDate"
      ),
      Field(
        "support_ends_on",
        ja: "サポート終了日",
        en: "Support ends on",
        .date,
        group: "basic",
        synonyms: "サポート期限|EOL|EOS|保守期限|End of Support|Support End"
      ),
      Field(
        "licence",
        ja: "ライセンス",
        en: "Licence",
        .identifier,
        group: "basic",
        weight: .extra,
        synonyms: "ライセンス番号|ライセンスキー|プロダクトキー|契約番号|License|Licence|License Key"
      ),
    ],
    titleFields: ["name"],
    identities: [["asset", "name"]],
    defaultSort: [Sort("name")],
    listed: ["asset", "name", "version", "publisher", "support_ends_on"],
    reach: .parent("asset"),
    traits: KindTraits(importName: "software")
  )

  package static let interface = Kind(
    key: "interface",
    label: Localized(ja: "ネットワーク接続口", en: "Interface"),
    plural: Localized(ja: "ネットワーク接続口", en: "Interfaces"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field(
        "asset",
        ja: "機器",
        en: "Device",
        .reference("asset"),
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "管理番号|機器名|端末|ホスト名|Asset|Device|Host"
      ),
      Field(
        "name",
        ja: "接続口",
        en: "Interface",
        .text,
        group: "basic",
        synonyms: "ポート|ポート名|インターフェース|インターフェイス|NIC|NIC名|LANポート|Interface|Port|Port Name"
      ),
      Field(
        "ip_address",
        ja: "IPアドレス",
        en: "IP address",
        .ip,
        group: "basic",
        weight: .essential,
        synonyms: "IP|IPアドレス2|セカンダリIP|IP Address|IPv4|Address"
      ),
      Field(
        "mac_address",
        ja: "MACアドレス",
        en: "MAC address",
        .mac,
        group: "basic",
        synonyms: "MAC|物理アドレス|MACアドレス2|無線MAC|MAC Address|Physical Address"
      ),
      Field(
        "zone",
        ja: "ネットワーク区画",
        en: "Zone",
        .reference("zone"),
        group: "basic",
        synonyms: "セグメント|ゾーン|VLAN|ネットワーク|系統|接続ネットワーク|Zone|Segment|Network|Subnet"
      ),
      Field(
        "remarks",
        ja: "備考",
        en: "Remarks",
        .multiline,
        group: "basic",
        weight: .extra,
        synonyms: "摘要|メモ|Notes|Remarks|Comment"
      ),
    ],
    titleFields: ["name", "ip_address", "mac_address"],
    identities: [["mac_address"], ["asset", "name"]],
    defaultSort: [Sort("name")],
    listed: ["asset", "name", "ip_address", "mac_address", "zone"],
    reach: .parent("asset")
  )
}
