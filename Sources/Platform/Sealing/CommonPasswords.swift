/// The heads of published lists of leaked passwords, without what the rules find by themselves (runs, repeats,
/// keyboard walks), and what is often taken in Japan and in hospitals. Small letters; digits and symbols around a
/// word are stripped before it is looked up here, so only the word is listed.
enum CommonPasswords {
  static let words: Set<String> = Set(
    [international, japanese, hospital].flatMap { $0.split(separator: " ").map { String($0) } }
  )

  private static let international = """
    password passwort passw passwd pass p@ssword secret letmein welcome iloveyou ilove love lovely lovers dragon \
    monkey football baseball basketball soccer hockey superman batman spiderman master shadow michael jordan \
    michelle jessica ashley nicole daniel thomas robert charlie andrew matthew jennifer joshua anthony william \
    george hunter killer ranger sunshine princess angel angels flower flowers butterfly rainbow summer winter \
    spring autumn january february march april may june july august september october november december monday \
    tuesday wednesday thursday friday saturday sunday admin administrator administrators root toor guest user \
    users test tester testing demo default changeme change temp temporary login logon access system manager \
    server backup oracle mysql postgres sqlserver cisco fortinet fortigate windows microsoft google yahoo amazon \
    apple internet computer network security support service operator public private office company business \
    hello helloworld whatever trustno freedom starwars pokemon pikachu naruto cheese chocolate cookie coffee \
    banana orange pepper ginger tigger snoopy mickey minnie disney kitty hellokitty qwerty qwertyuiop asdf \
    asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qazwsx abc abcd abcde abcdef abcabc aaa aaaaaa xxx mustang corvette \
    ferrari porsche harley yamaha honda toyota nissan mazda suzuki subaru lexus samsung sony nintendo \
    playstation matrix phoenix thunder lightning silver golden diamond purple blue green yellow black white \
    ninja samurai lucky happy smile peace hope faith grace heaven jesus christ money dollar winner champion \
    victory number one two three four five six seven eight nine zero nothing unknown anonymous hacker blink \
    ghost nobody somebody forever always
    """

  private static let japanese = """
    japan japanese nippon nihon tokyo osaka kyoto nagoya yokohama kobe fukuoka sapporo sendai hiroshima okinawa \
    hokkaido sakura hinata himawari momiji yuki yukiko haruka haruna misaki ayaka nanami mizuki aoi hina yuna \
    rina mana kana takahiro hiroshi takashi kenji kenichi daisuke shota yuta naoki kazuki tanaka suzuki sato \
    satou takahashi watanabe ito itou yamamoto nakamura kobayashi kato katou yoshida yamada sasaki yamaguchi \
    matsumoto inoue kimura hayashi shimizu doraemon nobita anpanman totoro ghibli gundam onepiece dragonball \
    conan kimetsu arashi exile smap akb akbfan giants tigers hanshin carp hawks dragons lions marines samurai \
    sushi ramen tempura onigiri mikan ichigo ringo momo neko inu koinu koneko usagi panda penguin kuma taro \
    hanako ichiro jiro saburo aishiteru daisuki arigatou arigato konnichiwa ohayou ohayo sayonara omedetou \
    kawaii genki ganbare ganbaru yoroshiku shiawase kibou yume mirai hikari sora umi yama kawa hana hoshi tsuki \
    taiyo taiyou kazoku tomodachi mama papa okaasan otousan pasuwado pasuwaado himitsu angou kaigi kaisha gakkou \
    gakko sensei heisei showa reiwa fujisan shinkansen natsu haru aki fuyu
    """

  private static let hospital = """
    hospital byouin byoin clinic kurinikku ishi isha doctor dr nurse kango kangoshi kangobu iryou iryo iryoujoho \
    iji ijika igaku yakkyoku yakuzai yakuzaishi pharmacy karte karute denshikarte denshikarute emr ehr pacs ris \
    lis his rece receipt resept rezept orca kensa rentgen rentogen xray radiology housha houshasen shinryou \
    shinryo shinsatsu jushin kanja patient medical medicine health healthcare care kaigo shisetsu jimu jimusho \
    soumu somu uketsuke kaikei naika geka seikei shonika ganka jibika hifuka sanka shika dental rehabili riha \
    riharoom byoutou byouto ope opeshitsu jouhou joho jyouhou jouhoushitsu system sysadmin kanri kanrisha hoshu \
    maintenance mente vendor remote vpn
    """
}
