/// Kanji that are written in several ways for one name or word. Each group begins with the usual form; search treats the
/// others as that one, and what people saved stays as they wrote it. Sources: the old forms in brackets of 常用漢字表
/// (2010), the readings of 人名用漢字別表, and the name variants that hospital ledgers show (髙 﨑 𠮷 邊 齋 濵). Not in a
/// pack: the keys of stored rows are made with it, so that a change belongs to a release and a new `Fold.version`.
enum KanjiVariants {
  /// From variant to usual form.
  static let usual: [UInt32: UInt32] = {
    var usual: [UInt32: UInt32] = [:]
    for group in groups.unicodeScalars.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      guard let first = group.first else { continue }
      for variant in group.dropFirst() { usual[variant.value] = first.value }
    }
    return usual
  }()

  private static let groups = """
    高髙 崎﨑嵜 斎齋齊斉 辺邊邉 吉𠮷 浜濵濱 広廣 沢澤 国國圀 円圓 桜櫻 恵惠 徳德 条條 滝瀧 瀬瀨 真眞 竜龍 島嶋嶌 富冨 渕淵渊 館舘 曽曾 槙槇 鴎鷗 礼禮 与與 万萬 会會 医醫
    学學斈 県縣 区區 図圖 処處 応應 戸戶 黒黑 青靑 桑桒 児兒 来來 栄榮 営營 衛衞 駅驛 塩鹽 奥奧 横橫 温溫 仮假 価價 画畫 絵繪 壊壞 懐懷 拡擴 覚覺 岳嶽 楽樂 勧勸 巻卷 寛寬
    歓歡 観觀 関關 陥陷 顔顏 帰歸 気氣 偽僞 戯戲 犠犧 旧舊 拠據 挙擧 虚虛 峡峽 挟挾 狭狹 教敎 郷鄕鄉 尭堯 暁曉 駆驅 勲勳 薫薰 径徑 茎莖 渓溪 経經 蛍螢 軽輕 継繼 鶏鷄 芸藝
    撃擊 欠缺 検檢 権權 研硏 剣劍剱劔 険險 圏圈 倹儉 献獻 顕顯 験驗 厳嚴 効效 恒恆 鉱鑛 号號 歳歲 剤劑 済濟 砕碎 冴冱 雑雜 参參 惨慘 桟棧 蚕蠶 賛贊 残殘 糸絲 歯齒 辞辭
    湿濕 実實 写寫 釈釋 寿壽 収收 従從 渋澁 獣獸 縦縱 粛肅 緒緖 叙敍 将將 渉涉 焼燒 証證 奨奬 状狀 乗乘 浄淨 剰剩 畳疊 縄繩 壌壤 嬢孃 譲讓 醸釀 触觸 嘱囑 慎愼 尽盡 粋粹
    酔醉 穂穗 随隨 髄髓 枢樞 数數 静靜 声聲 窃竊 摂攝 専專 戦戰 浅淺 潜潛 繊纖 践踐 銭錢 禅禪 双雙 壮壯 争爭 荘莊 捜搜 挿插 巣巢 装裝 総總 聡聰 騒騷 蔵藏 増增 臓臟 即卽
    属屬 続續 堕墮 体體 対對 帯帶 滞滯 台臺 択擇 脱脫 単單 団團 弾彈 断斷 担擔 胆膽 痴癡 遅遲 昼晝 虫蟲 鋳鑄 庁廳 徴徵 聴聽 鎮鎭 勅敕 逓遞 鉄鐵 点點 転轉 伝傳 党黨 灯燈
    当當 盗盜 稲稻 闘鬪 読讀 独獨 届屆 弐貳 悩惱 脳腦 覇霸 廃廢 拝拜 売賣 麦麥 発發 髪髮 抜拔 晩晚 蛮蠻 秘祕 瓶甁 払拂 仏佛 並竝 併倂 変變 弁辨瓣辯 歩步 宝寶 豊豐 褒襃
    没沒 翻飜 毎每 満滿 麺麵 黙默 弥彌 訳譯 薬藥 予豫 余餘 誉譽 揺搖 様樣 謡謠 遥遙 頼賴 乱亂 覧覽 略畧 緑綠 涙淚 励勵 隷隸 霊靈 齢齡 暦曆 歴歷 恋戀 錬鍊 炉爐 労勞 郎郞
    楼樓 録錄 湾灣 亜亞 悪惡 圧壓 囲圍 為爲 壱壹 飲飮 隠隱 悦悅 閲閱 縁緣 艶艷 欧歐 殴毆 穏穩 凛凜 晃晄 晋晉 祷禱 灌潅 侠俠 穣穰 巌巖 彦彥 昴曻 瑶瑤 萌萠 莱萊 蝉蟬 蝋蠟
    蛎蠣 祢禰 桧檜 梼檮 涛濤 篭籠 竃竈 繋繫 頚頸 頬頰 鹸鹼 麹麴 掻搔 掴摑 填塡 躯軀 醤醬 芦蘆 鈎鉤 婿壻 峰峯 野埜 秋穐 松枩 梅楳 船舩 村邨 杯盃 裏裡 煙烟 鶴靍靏靎 桝枡
    凉涼 昂昻 晟晠 栃杤 楠柟 柿柹 柳栁 梁樑 橋槗 閒間 刃刄 喜㐂 壷壺 墻牆 姫姬 庵菴 廟庿 恥耻 杉杦 熙煕凞 猫貓 窓窻 臈臘 苅刈 薮藪 蕊蘂 虎乕 衿襟 訛譌 諌諫 賎賤 迩邇 鋭銳
    陰隂 雁鴈 鰺鯵 亀龜 晢晰 税稅 説說 産產 呂吕 内內 兎兔 兌兑 黄黃 穎頴 鴬鶯 質貭
    """
}
