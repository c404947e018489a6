import Jobs
import Nouns
import Text

/// Reads the codes of a batch of photographs while people do something else. Begun again it goes on with what is left.
struct SurveyPhotoJob: Sendable {
  static let name = "ledger.survey-photos"

  let photos: SurveyPhotoStore

  var kind: JobKind {
    JobKind(name: Self.name, title: Localized(ja: "調査の写真の読み取り", en: "Reading photographs of a survey"), run: run)
  }

  @Sendable private func run(_ context: JobContext) async throws -> JobOutcome {
    let (placed, open) = try await photos.readWaiting(
      context.payload,
      FacilityID(rawValue: context.facility)
    ) { done, total in
      try await context.progress(
        done,
        of: total,
        note: Localized(ja: "QRコードを探しています。", en: "Looking for codes.")
      )
    }
    return JobOutcome(
      message: Localized(
        ja: "\(placed)枚は場所が分かりました。\(open)枚は手で場所を選んでください。",
        en: "\(placed) are placed; \(open) are to be placed by hand."
      ),
      link: PhotoRoutes.path(context.payload),
      linkLabel: Localized(ja: "写真を見る", en: "See the photographs")
    )
  }
}
