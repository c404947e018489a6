/// The checklist that the demo hospital wrote itself, as the file its radiology department handed in.
enum DemoChecklist {
  static let id = "own-radiology"

  static let source = """
    pack: own-radiology
    edition: 1
    title: {ja: 放射線科の点検, en: Radiology check}
    valid: {from: 2020-04-01}
    publisher: 放射線科
    source: {title: 放射線科 安全管理手順 第3版}
    verification: unverified
    entries:
      - form: checklist
        cycle: fiscalYear
      - section: "1"
        title: {ja: 撮影室と読影室, en: Rooms}
      - item: 1-1
        topic: own.lockers
        text: {ja: 持ち出し用の媒体を、鍵のかかる棚に置いている, en: Media for outside lie in a locked cupboard}
      - item: 1-2
        topic: web-use
        text: {ja: 読影端末でインターネットを見ていない, en: Nobody browses the web at reading stations}
      - section: "2"
        title: {ja: 画像サーバーと撮影装置, en: Image servers and modalities}
      - item: 2-1
        topic: backup
        text: {ja: 画像サーバーの複製を、離れた場所にも置いている, en: A copy of the image servers lies elsewhere}
      - item: 2-2
        topic: remote-maintenance
        text: {ja: 撮影装置の遠隔保守は、つなぐたびに許可している, en: Remote maintenance of modalities is allowed each time}
      - item: 2-3
        topic: own.phantom
        text: {ja: 止まったときの紙の運用を、年に1回試している, en: Working on paper is tried once a year}
      - topic: own.lockers
        title: {ja: 媒体の棚, en: Media cupboard}
        needs: {ja: 棚の点検の記録を根拠に付けると分かります。, en: Attach the record of the cupboard's inspection.}
      - topic: own.phantom
        title: {ja: 紙の運用の訓練, en: Exercise on paper}
        needs: {ja: 訓練の記録を根拠に付けると分かります。, en: Attach the record of the exercise.}
    """
}
