<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP" sourcelanguage="en">
<context>
    <name>AboutCard</name>
    <message>
        <source>About</source>
        <translation>このプログラムについて</translation>
    </message>
    <message>
        <source>EdemaDesk {version}</source>
        <translation>EdemaDesk {version}</translation>
    </message>
    <message>
        <source>Everything is kept on this PC, in {folder}</source>
        <translation>データはすべてこのPCに保存されます:{folder}</translation>
    </message>
</context>
<context>
    <name>AddClipDialog</name>
    <message>
        <source>This time has not come yet. Check it, or take the clip in once more.</source>
        <translation>この日時はまだ先です。確認してください。正しければもう一度取り込みを押してください。</translation>
    </message>
    <message>
        <source>Choose the session this clip belongs to.</source>
        <translation>この動画が属する透析を選んでください。</translation>
    </message>
    <message>
        <source>Use the file&apos;s time, {time}</source>
        <translation>ファイルの日時 {time} を使う</translation>
    </message>
    <message>
        <source>Add a clip</source>
        <translation>動画を追加</translation>
    </message>
    <message>
        <source>Take it in</source>
        <translation>取り込む</translation>
    </message>
    <message>
        <source>The clip was taken in</source>
        <translation>動画を取り込みました</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Choose when in dialysis.</source>
        <translation>透析前・透析後・随時を選んでください。</translation>
    </message>
    <message>
        <source>Choose a clip first.</source>
        <translation>先に動画を選んでください。</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>撮影日時</translation>
    </message>
    <message>
        <source>d MMM yyyy  HH:mm</source>
        <translation>yyyy/MM/dd  HH:mm</translation>
    </message>
    <message>
        <source>Open the session</source>
        <translation>この透析を開く</translation>
    </message>
</context>
<context>
    <name>AddPatientDialog</name>
    <message>
        <source>{name} was added.</source>
        <translation>{name} さんを登録しました。</translation>
    </message>
    <message>
        <source>Add a patient</source>
        <translation>患者を登録</translation>
    </message>
    <message>
        <source>Add patient</source>
        <translation>患者を登録</translation>
    </message>
    <message>
        <source>Chart number</source>
        <translation>カルテ番号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>氏名</translation>
    </message>
    <message>
        <source>Kana</source>
        <translation>カナ</translation>
    </message>
    <message>
        <source>Birth date (YYYY-MM-DD)</source>
        <translation>生年月日(例 1949-05-17)</translation>
    </message>
    <message>
        <source>Dry weight, kg</source>
        <translation>ドライウェイト(kg)</translation>
    </message>
    <message>
        <source>Consent to be recorded for care</source>
        <translation>診療のための撮影への同意</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>未確認</translation>
    </message>
    <message>
        <source>Given today</source>
        <translation>本日同意</translation>
    </message>
</context>
<context>
    <name>Agreement</name>
    <message>
        <source>{kg} kg below the scale since {day}</source>
        <translation>{day}から体重より {kg} kg 低い</translation>
    </message>
    <message>
        <source>{kg} kg above the scale since {day}</source>
        <translation>{day}から体重より {kg} kg 高い</translation>
    </message>
    <message>
        <source>A guess without a camera, on the same captures. The interval is of the camera&apos;s gain.</source>
        <translation>同じ撮影について、カメラを使わない予測。区間はカメラによる改善の区間です。</translation>
    </message>
    <message>
        <source>Mean error of the guess: {guess}</source>
        <translation>予測の平均誤差: {guess}</translation>
    </message>
    <message>
        <source>camera: {mae} kg</source>
        <translation>カメラ: {mae} kg</translation>
    </message>
    <message>
        <source>Mean error after {sessions} sessions</source>
        <translation>平均誤差(それまでの透析 {sessions} 回)</translation>
    </message>
    <message>
        <source>usual value: {value}</source>
        <translation>普段の値: {value}</translation>
    </message>
    <message>
        <source>{captures}, patients: {patients}</source>
        <translation>{captures}、患者 {patients} 人</translation>
    </message>
    <message>
        <source>Drift: {who}</source>
        <translation>ずれ: {who}</translation>
    </message>
    <message>
        <source>{count} sessions</source>
        <translation>透析 {count} 回</translation>
    </message>
    <message>
        <source>the whole clinic</source>
        <translation>施設全体</translation>
    </message>
    <message>
        <source>1 capture</source>
        <translation>撮影 1 件</translation>
    </message>
    <message>
        <source>{count} captures</source>
        <translation>撮影 {count} 件</translation>
    </message>
    <message>
        <source>1 session</source>
        <translation>透析 1 回</translation>
    </message>
    <message>
        <source>Mean error</source>
        <translation>平均誤差</translation>
    </message>
    <message>
        <source>How far the estimates lie from the scale on average, whichever way. The usual value is the mean of the patient&apos;s earlier sessions in the same phase.</source>
        <translation>推定が体重計の値から平均してどれだけ離れているか(向きは問いません)。普段の値とは、その患者のそれまでの透析で、同じ時点(透析前または透析後)の平均です。</translation>
    </message>
    <message>
        <source>Follows the fluid before dialysis</source>
        <translation>透析前の体液量への追従</translation>
    </message>
    <message>
        <source>Whether estimates before dialysis rise and fall with the patient&apos;s own fluid, the usual value taken off: 1 they do, 0 they only know before from after.</source>
        <translation>普段の値を除いたうえで、透析前の推定が患者自身の体液量とともに上下するか。1 は追従、0 は透析前後の区別だけです。</translation>
    </message>
    <message>
        <source>Without an estimate</source>
        <translation>推定不可</translation>
    </message>
    <message>
        <source>Captures with a weight beside them that were refused, because the clip or the estimate was not good enough.</source>
        <translation>体重はあるものの、動画または推定の質が足りず、推定しなかった撮影の割合です。</translation>
    </message>
    <message>
        <source>Difference on average</source>
        <translation>差の平均</translation>
    </message>
    <message>
        <source>Estimate less scale. Above nothing the camera says too much.</source>
        <translation>推定から体重計による値を引いた差。正のときカメラは多めに推定しています。</translation>
    </message>
    <message>
        <source>Upper limit of agreement</source>
        <translation>一致限界の上限</translation>
    </message>
    <message>
        <source>Of a new capture of a new patient the difference lies below it in 97.5 of 100 cases (Bland-Altman for repeated measures).</source>
        <translation>新しい患者の新しい撮影では、差は 100 回のうち 97.5 回これより下になります(反復測定の Bland-Altman 法)。</translation>
    </message>
    <message>
        <source>Lower limit of agreement</source>
        <translation>一致限界の下限</translation>
    </message>
    <message>
        <source>The same for the lower side.</source>
        <translation>下側について同じ。</translation>
    </message>
    <message>
        <source>Between patients and within</source>
        <translation>患者間と患者内</translation>
    </message>
    <message>
        <source>Standard deviation of the difference from patient to patient, and from capture to capture of one patient.</source>
        <translation>差の標準偏差。患者ごとの違いと、同じ患者の撮影ごとの違いです。</translation>
    </message>
    <message>
        <source>Difference for each kg more</source>
        <translation>1 kg 増えるごとの差</translation>
    </message>
    <message>
        <source>By how much the difference grows with the excess. Below nothing, estimates are drawn to the middle: much excess is told too low.</source>
        <translation>余剰体液量とともに差がどれだけ増えるか。負のとき推定は中央に寄り、多い余剰は少なめに推定されます。</translation>
    </message>
    <message>
        <source>Concordance of the change</source>
        <translation>変化の一致度</translation>
    </message>
    <message>
        <source>Lin&apos;s concordance of what a session took off, by the face and by the scale: 1 is the same each time, 0 is no relation.</source>
        <translation>1 回の透析による変化について、顔と体重計による値の Lin の一致相関係数。1 は毎回同じ、0 は無関係です。</translation>
    </message>
    <message>
        <source>Mean error of the change</source>
        <translation>変化の平均誤差</translation>
    </message>
    <message>
        <source>How far the change from before to after dialysis lies from that of the scale.</source>
        <translation>透析前から透析後への変化が、体重計による変化からどれだけ離れているか。</translation>
    </message>
    <message>
        <source>the commoner call alone: {value}</source>
        <translation>多いほうだけの判定: {value}</translation>
    </message>
    <message>
        <source>Before or after told right</source>
        <translation>透析前後の判別正答</translation>
    </message>
    <message>
        <source>Share of faces called as before or as after dialysis as they were. It says little of kilograms.</source>
        <translation>透析前の顔か透析後の顔かを正しく判定した割合。kg についてはほとんど何も示しません。</translation>
    </message>
    <message>
        <source>The same where 1 kg or more was lost</source>
        <translation>同上(1 kg 以上減った透析)</translation>
    </message>
    <message>
        <source>Sessions in which the difference should be plain to see.</source>
        <translation>違いがはっきり見えるはずの透析です。</translation>
    </message>
    <message>
        <source>Scale within the interval</source>
        <translation>区間に入った体重計の値</translation>
    </message>
    <message>
        <source>promised: {value}</source>
        <translation>目標: {value}</translation>
    </message>
    <message>
        <source>How often the weight lay inside the interval beside the estimate, which shall hold it nine times in ten.</source>
        <translation>推定に添えた区間の中に体重計による値があった割合。10 回に 9 回含むように作られています。</translation>
    </message>
    <message>
        <source>Interval on average</source>
        <translation>区間の平均</translation>
    </message>
    <message>
        <source>Half the width of the interval: the narrower, the more told.</source>
        <translation>区間の幅の半分。狭いほど多くを示します。</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low}～{high}</translation>
    </message>
    <message>
        <source>no excess at all</source>
        <translation>余剰なし</translation>
    </message>
    <message>
        <source>the same as last time</source>
        <translation>前回と同じ</translation>
    </message>
    <message>
        <source>the patient&apos;s mean so far</source>
        <translation>患者のこれまでの平均</translation>
    </message>
    <message>
        <source>the patient&apos;s usual value</source>
        <translation>患者の普段の値</translation>
    </message>
    <message>
        <source>nothing to compare with yet</source>
        <translation>まだ比べるものがありません</translation>
    </message>
    <message>
        <source>camera {gain} kg nearer</source>
        <translation>カメラのほうが {gain} kg 近い</translation>
    </message>
    <message>
        <source>camera {gain} kg further off</source>
        <translation>カメラのほうが {gain} kg 遠い</translation>
    </message>
    <message>
        <source>Too few captures to tell</source>
        <translation>撮影が少なく、まだ判断できません</translation>
    </message>
    <message>
        <source>The camera says more than the calendar</source>
        <translation>カメラは暦より多くを示します</translation>
    </message>
    <message>
        <source>The camera lies further from the scale than {guess}</source>
        <translation>カメラは「{guess}」より体重計の値から離れています</translation>
    </message>
    <message>
        <source>The camera does not beat {guess}</source>
        <translation>カメラは「{guess}」に勝っていません</translation>
    </message>
    <message>
        <source>A verdict needs {captures} captures with an estimate, a weight and an earlier session, of one patient or of at least {patients}.</source>
        <translation>判断には、推定と体重とそれ以前の透析がある撮影が {captures} 件必要です(患者 1 人、または {patients} 人以上)。</translation>
    </message>
    <message>
        <source>On average the estimates lie {mae} kg from the scale. The best guess without a camera, {guess}, lies {other} kg from it.</source>
        <translation>推定は体重計による値から平均 {mae} kg 離れています。カメラを使わない最もよい予測「{guess}」は {other} kg です。</translation>
    </message>
    <message>
        <source>The camera&apos;s gain is {gain} kg (95 % interval {between}).</source>
        <translation>カメラによる改善は {gain} kg です(95 % 区間 {between})。</translation>
    </message>
    <message>
        <source>The camera&apos;s gain of {gain} kg (95 % interval {between}) may be chance.</source>
        <translation>カメラによる改善 {gain} kg(95 % 区間 {between})は偶然かもしれません。</translation>
    </message>
    <message>
        <source>Captures with an estimate: {captures} · without: {refused} · patients: {patients}</source>
        <translation>推定のある撮影 {captures} 件 · 推定不可 {refused} 件 · 患者 {patients} 人</translation>
    </message>
    <message>
        <source>left out: sessions still to be judged first</source>
        <translation>判定前のセッションを除く</translation>
    </message>
    <message>
        <source>{captures} captures, drawn as shades: the stronger, the more captures lie there. The large marks are the medians.</source>
        <translation>撮影 {captures} 件を濃淡で示しています。濃いところほど撮影が多く、大きな印は中央値です。</translation>
    </message>
</context>
<context>
    <name>AgreementFilters</name>
    <message>
        <source>The clinic&apos;s own</source>
        <translation>当施設</translation>
    </message>
    <message>
        <source>All shifts</source>
        <translation>全クール</translation>
    </message>
    <message>
        <source>All cameras</source>
        <translation>全カメラ</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>全モデル</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>全期間</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>直近 30 日</translation>
    </message>
    <message>
        <source>Last 90 days</source>
        <translation>直近 90 日</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>直近 1 年</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>期間を指定…</translation>
    </message>
    <message>
        <source>From</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>to</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>条件を解除</translation>
    </message>
    <message>
        <source>Count all captures again</source>
        <translation>すべての撮影を対象に戻す</translation>
    </message>
    <message>
        <source>Where they come from</source>
        <translation>データの出所</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>クール</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>カメラ</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>期間</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>最初の日</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>最後の日</translation>
    </message>
</context>
<context>
    <name>AgreementPage</name>
    <message>
        <source>Agreement</source>
        <translation>一致度</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>もう一度試す</translation>
    </message>
    <message>
        <source>No such captures</source>
        <translation>該当する撮影がありません</translation>
    </message>
    <message>
        <source>Nothing fits all of the choices above. {refused} captures were refused.</source>
        <translation>上の条件すべてに合うものがありません。推定不可の撮影が {refused} 件あります。</translation>
    </message>
    <message>
        <source>Nothing fits all of the choices above.</source>
        <translation>上の条件すべてに合うものがありません。</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>条件を解除</translation>
    </message>
    <message>
        <source>Agreement begins with patients, their weights and their clips.</source>
        <translation>一致度は、患者とその体重と動画から始まります。</translation>
    </message>
    <message>
        <source>No patients yet</source>
        <translation>患者がまだいません</translation>
    </message>
    <message>
        <source>Add patient</source>
        <translation>患者を追加</translation>
    </message>
    <message>
        <source>A capture counts that has an estimate, a weight and a dry weight. The estimate begins with a patient&apos;s second session.</source>
        <translation>推定・体重・ドライウェイトのある撮影が対象です。推定は患者の 2 回目の透析から始まります。</translation>
    </message>
    <message>
        <source>No estimate beside a weight yet</source>
        <translation>体重と並ぶ推定がまだありません</translation>
    </message>
    <message>
        <source>Scale {scale} kg, estimate {estimate} kg</source>
        <translation>体重 {scale} kg、推定 {estimate} kg</translation>
    </message>
    <message>
        <source>Difference {difference} kg</source>
        <translation>差 {difference} kg</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Show all figures as a table</source>
        <translation>すべての数値を表で見る</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Copy the table for a spreadsheet (Ctrl+C)</source>
        <translation>表計算用に表をコピー (Ctrl+C)</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>レポート…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出し…</translation>
    </message>
</context>
<context>
    <name>AgreementRows</name>
    <message>
        <source>Figure</source>
        <translation>項目</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>値</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>単位</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区間</translation>
    </message>
    <message>
        <source>Beside</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Rests on</source>
        <translation>対象</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>意味</translation>
    </message>
</context>
<context>
    <name>AgreementTable</name>
    <message>
        <source>Agreement, as a table</source>
        <translation>一致度の表</translation>
    </message>
</context>
<context>
    <name>AgreementWaiting</name>
    <message>
        <source>Stop</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>もう一度試す</translation>
    </message>
    <message>
        <source>Gathering all sessions</source>
        <translation>すべての透析を集めています</translation>
    </message>
    <message>
        <source>The first time this takes a while; later it is kept.</source>
        <translation>初回は時間がかかりますが、次からは保存されたものを使います。</translation>
    </message>
    <message>
        <source>What was gathered so far is kept.</source>
        <translation>ここまでに集めたものは残っています。</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>中止しました</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Agreement cannot be shown</source>
        <translation>一致度を表示できません</translation>
    </message>
    <message>
        <source>{done} of {total} patients</source>
        <translation>患者 {done} / {total} 人</translation>
    </message>
</context>
<context>
    <name>Alike</name>
    <message>
        <source>Another patient has the same name</source>
        <translation>同姓同名の患者がいます</translation>
    </message>
    <message>
        <source>Another patient&apos;s name is read the same</source>
        <translation>読みが同じ患者がいます</translation>
    </message>
    <message>
        <source>Another patient has nearly the same name</source>
        <translation>名前がよく似た患者がいます</translation>
    </message>
    <message>
        <source>Another patient was born on the same day</source>
        <translation>生年月日が同じ患者がいます</translation>
    </message>
    <message>
        <source>{said}, +{more}</source>
        <translation>{said}（ほか{more}人）</translation>
    </message>
</context>
<context>
    <name>AuditListCard</name>
    <message>
        <source>Act {row}, {when}, {who}</source>
        <translation>操作 {row}、{when}、{who}</translation>
    </message>
    <message>
        <source>Export the record of acts</source>
        <translation>操作記録の書き出し</translation>
    </message>
    <message>
        <source>{count} acts exported</source>
        <translation>{count}件の操作を書き出しました</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>全員</translation>
    </message>
    <message>
        <source>All acts</source>
        <translation>すべての操作</translation>
    </message>
    <message>
        <source>Record of acts</source>
        <translation>操作記録</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出す…</translation>
    </message>
    <message>
        <source>Chart number</source>
        <translation>カルテ番号</translation>
    </message>
    <message>
        <source>Whose acts</source>
        <translation>だれの操作か</translation>
    </message>
    <message>
        <source>Which acts</source>
        <translation>どの操作か</translation>
    </message>
    <message>
        <source>About the patient with this chart number</source>
        <translation>このカルテ番号の患者について</translation>
    </message>
    <message>
        <source>All</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Seven days</source>
        <translation>7日間</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>1年間</translation>
    </message>
    <message>
        <source>When</source>
        <translation>日時</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
</context>
<context>
    <name>AuditStateCard</name>
    <message>
        <source>{acts} acts. The whole was not verified yet.</source>
        <translation>操作 {acts}件。全体の検証はまだ行われていません。</translation>
    </message>
    <message>
        <source>{acts} acts. Verified and whole: {when}.</source>
        <translation>操作 {acts}件。{when}に検証し、欠けも変更もありません。</translation>
    </message>
    <message>
        <source>{acts} acts. Verified and not whole: {when}.</source>
        <translation>操作 {acts}件。{when}に検証し、異常が見つかりました。</translation>
    </message>
    <message>
        <source>Signed up to act {row}, {when}.</source>
        <translation>操作 {row} まで署名済み({when})。</translation>
    </message>
    <message>
        <source>The check code was copied</source>
        <translation>照合コードをコピーしました</translation>
    </message>
    <message>
        <source>Whether the record is whole</source>
        <translation>記録に異常がないか</translation>
    </message>
    <message>
        <source>Verify now</source>
        <translation>今すぐ検証</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Copy the check code</source>
        <translation>照合コードをコピー</translation>
    </message>
    <message>
        <source>Print the check code…</source>
        <translation>照合コードを印刷…</translation>
    </message>
    <message>
        <source>Each act carries a hash of the one before it. Keep a printed code away from this PC: it shows later whether the record was cut off or made anew, also by somebody who holds every key.</source>
        <translation>どの操作にも、その前の操作のハッシュが含まれています。印刷した照合コードはこのPCとは別の場所に保管してください。すべての鍵を持つ人が記録を切り詰めたり作り直したりしても、後からわかります。</translation>
    </message>
</context>
<context>
    <name>AuditWords</name>
    <message>
        <source>on this PC</source>
        <translation>このPC</translation>
    </message>
    <message>
        <source>the program</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>nobody signed in</source>
        <translation>サインインなし</translation>
    </message>
    <message>
        <source>with the recovery code</source>
        <translation>復旧コード</translation>
    </message>
    <message>
        <source>whole</source>
        <translation>異常なし</translation>
    </message>
    <message>
        <source>{change}. Reason: {why}</source>
        <translation>{change}。理由: {why}</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>AwayDialog</name>
    <message>
        <source>In hospital</source>
        <translation>入院中</translation>
    </message>
    <message>
        <source>On a journey</source>
        <translation>旅行中</translation>
    </message>
    <message>
        <source>Dialysis elsewhere</source>
        <translation>他院で透析</translation>
    </message>
    <message>
        <source>Did not come</source>
        <translation>来院なし</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>休み</translation>
    </message>
    <message>
        <source>Mark as away</source>
        <translation>休みにする</translation>
    </message>
    <message>
        <source>Another reason, or more about it</source>
        <translation>その他の理由・補足</translation>
    </message>
</context>
<context>
    <name>BackupCard</name>
    <message>
        <source>Choose the backup folder</source>
        <translation>バックアップフォルダを選ぶ</translation>
    </message>
    <message>
        <source>The folder is not there since {moment}. Connect its disk: the backup goes on by itself.</source>
        <translation>{moment}からフォルダが見つかりません。ディスクを接続すると、バックアップは自動で再開します。</translation>
    </message>
    <message>
        <source>The backups lie on the disk of the records and would be lost with it. Choose a folder on another disk.</source>
        <translation>バックアップは記録と同じディスクにあり、壊れると一緒に失われます。別のディスクのフォルダを選んでください。</translation>
    </message>
    <message>
        <source>the network</source>
        <translation>ネットワーク</translation>
    </message>
    <message>
        <source>Others may see this folder ({where}). Everything in it is sealed: without a password or the recovery code they read nothing.</source>
        <translation>このフォルダは他の人からも見えます（{where}）。中身はすべて暗号化されており、パスワードか復旧コードがなければ読めません。</translation>
    </message>
    <message>
        <source>Nobody signs in here, so the backups open with the key on this PC only. Make the first administrator: then a password or the recovery code opens them anywhere.</source>
        <translation>ここではサインインしないため、バックアップはこのPCの鍵でしか開けません。最初の管理者を作ると、パスワードか復旧コードでどこでも開けます。</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>バックアップ</translation>
    </message>
    <message>
        <source>Made by itself each half hour in use and when the window is closed, checked, and kept for 7 days, 4 weeks and 12 months.</source>
        <translation>使用中は30分ごとと、ウィンドウを閉じるときに自動で作り、確かめて、7日分・4週分・12か月分を残します。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダ</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選ぶ…</translation>
    </message>
    <message>
        <source>Use this PC&apos;s own</source>
        <translation>このPC内に戻す</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>今すぐバックアップ</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Backups, the newest first</source>
        <translation>バックアップ（新しい順）</translation>
    </message>
    <message>
        <source>To restore one, close the window and run edema-desk backup restore; a damaged database offers it by itself at the start.</source>
        <translation>復元するには、ウィンドウを閉じてedema-desk backup restoreを実行します。データベースが壊れているときは、起動時に自動で案内します。</translation>
    </message>
</context>
<context>
    <name>BaselineBars</name>
    <message>
        <source>The estimate from the face</source>
        <translation>顔からの推定</translation>
    </message>
    <message>
        <source>Mean error beside guesses without a camera</source>
        <translation>平均誤差(カメラを使わない予測と比べて)</translation>
    </message>
</context>
<context>
    <name>BeliefCard</name>
    <message>
        <source>How far to believe it</source>
        <translation>推定の確からしさ</translation>
    </message>
    <message>
        <source>There is no estimate yet to hold against the scale. It needs a session with a clip and a weight, and an earlier one to compare with.</source>
        <translation>体重と比べられる推定がまだありません。動画と体重のある透析と、比較のもとになる以前の透析が必要です。</translation>
    </message>
    <message>
        <source>Mean distance from the scale. The usual value is the mean of the patient&apos;s other sessions.</source>
        <translation>体重計の値との平均の差です。「普段の値」は、この患者のほかの透析の平均です。</translation>
    </message>
    <message>
        <source>The scale lay within the estimate&apos;s ± in {held} of {count} captures.</source>
        <translation>{count} 件中 {held} 件で、体重計の値が推定の ± の範囲に入りました。</translation>
    </message>
    <message>
        <source>Model {model}, trained on made-up swelling.</source>
        <translation>モデル {model}(合成したむくみで学習)</translation>
    </message>
    <message>
        <source>Since {date}, for {count} sessions, the estimates have lain about {off} kg above the scale. Their error now is larger than the means below.</source>
        <translation>{date}から{count}回の透析で、推定が体重計より約{off} kg 高い状態が続いています。現在の誤差は下の平均より大きくなっています。</translation>
    </message>
    <message>
        <source>Since {date}, for {count} sessions, the estimates have lain about {off} kg below the scale. Their error now is larger than the means below.</source>
        <translation>{date}から{count}回の透析で、推定が体重計より約{off} kg 低い状態が続いています。現在の誤差は下の平均より大きくなっています。</translation>
    </message>
</context>
<context>
    <name>BlinkView</name>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>交互表示</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>スペース</translation>
    </message>
    <message>
        <source>Changes per second</source>
        <translation>切替の速さ(回/秒)</translation>
    </message>
    <message>
        <source>{rate} changes per second</source>
        <translation>毎秒 {rate} 回切替</translation>
    </message>
</context>
<context>
    <name>BugDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>問題が発生しました</translation>
    </message>
    <message>
        <source>This is a fault of the program, not of yours. What was saved is safe. Give the code {code} to whoever looks after EdemaDesk.</source>
        <translation>プログラムの不具合です。操作の誤りではありません。保存済みの内容は無事です。EdemaDesk の担当者にコード {code} をお伝えください。</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>詳細をコピー</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>コピーしました</translation>
    </message>
</context>
<context>
    <name>CameraCard</name>
    <message>
        <source>Camera in the network</source>
        <translation>ネットワークカメラ</translation>
    </message>
    <message>
        <source>Write its address, then press Use.</source>
        <translation>アドレスを入力し、「使う」を押してください。</translation>
    </message>
    <message>
        <source>No camera was found. Plug one in, or name one in the network.</source>
        <translation>カメラが見つかりません。接続するか、ネットワークカメラを指定してください。</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>カメラ</translation>
    </message>
    <message>
        <source>Address, such as rtsp://10.0.0.7/live or http://10.0.0.7:8080/video</source>
        <translation>アドレス(例:rtsp://10.0.0.7/live、http://10.0.0.7:8080/video)</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使う</translation>
    </message>
    <message>
        <source>Test the camera…</source>
        <translation>カメラを検査…</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>音</translation>
    </message>
    <message>
        <source>Spoken</source>
        <translation>音声</translation>
    </message>
    <message>
        <source>Beeps</source>
        <translation>ブザー音</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>なし</translation>
    </message>
</context>
<context>
    <name>CaptureDone</name>
    <message>
        <source>The capture is stored</source>
        <translation>撮影を保存しました</translation>
    </message>
    <message>
        <source>Weight by the scale</source>
        <translation>体重計による体重</translation>
    </message>
    <message>
        <source>Dry weight</source>
        <translation>ドライウェイト</translation>
    </message>
    <message>
        <source>The recording was cut short; this is what the part that is there says.</source>
        <translation>録画は途中で終わりました。これは残っている部分から得た結果です。</translation>
    </message>
    <message>
        <source>No weight yet: enter it at the right.</source>
        <translation>体重が未入力です。右側で入力してください。</translation>
    </message>
    <message>
        <source>kg, since {day}</source>
        <translation>kg({day}から)</translation>
    </message>
</context>
<context>
    <name>CaptureEmpty</name>
    <message>
        <source>What was recorded is kept and listed under the patient.</source>
        <translation>録画された分は保存され、患者の一覧に表示されます。</translation>
    </message>
    <message>
        <source>The capture stopped</source>
        <translation>撮影が停止しました</translation>
    </message>
    <message>
        <source>Nothing of it was kept.</source>
        <translation>何も保存されていません。</translation>
    </message>
    <message>
        <source>The recording was discarded</source>
        <translation>録画を破棄しました</translation>
    </message>
    <message>
        <source>Plug one in and try again, name a network camera in the settings, or add a clip that was made elsewhere.</source>
        <translation>カメラを接続してやり直すか、設定でネットワークカメラを指定するか、別に撮影した動画を追加してください。</translation>
    </message>
    <message>
        <source>No camera</source>
        <translation>カメラがありません</translation>
    </message>
    <message>
        <source>No consent</source>
        <translation>同意がありません</translation>
    </message>
    <message>
        <source>Record the consent…</source>
        <translation>同意を記録…</translation>
    </message>
    <message>
        <source>Make room on the disk, then record again. What was recorded is kept.</source>
        <translation>ディスクの空きを作ってから、もう一度撮影してください。録画された分は保存されています。</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>ディスクがいっぱいです</translation>
    </message>
    <message>
        <source>The capture cannot go on</source>
        <translation>撮影を続けられません</translation>
    </message>
</context>
<context>
    <name>CaptureMenuButton</name>
    <message>
        <source>Correct this capture</source>
        <translation>この記録を訂正</translation>
    </message>
    <message>
        <source>Move to another patient or session…</source>
        <translation>別の患者または透析へ移す…</translation>
    </message>
    <message>
        <source>Delete this capture…</source>
        <translation>この記録を削除…</translation>
    </message>
</context>
<context>
    <name>CapturePage</name>
    <message>
        <source>Record</source>
        <translation>撮影</translation>
    </message>
    <message>
        <source>Session of {day}</source>
        <translation>{day}の透析</translation>
    </message>
    <message>
        <source>Not this patient</source>
        <translation>この患者ではない</translation>
    </message>
</context>
<context>
    <name>CaptureQuestion</name>
    <message>
        <source>Earlier</source>
        <translation>以前</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>現在</translation>
    </message>
</context>
<context>
    <name>CaptureScreen</name>
    <message>
        <source>Made-up picture, not a camera</source>
        <translation>作成された映像(カメラではありません)</translation>
    </message>
    <message>
        <source>Opening the camera…</source>
        <translation>カメラを開いています…</translation>
    </message>
    <message>
        <source>Estimating…</source>
        <translation>推定しています…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>一時停止中</translation>
    </message>
</context>
<context>
    <name>CaptureSetup</name>
    <message>
        <source>Before the camera opens</source>
        <translation>カメラを開く前に</translation>
    </message>
    <message>
        <source>When in dialysis</source>
        <translation>撮影の時期</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>カメラ</translation>
    </message>
    <message>
        <source>Open the camera</source>
        <translation>カメラを開く</translation>
    </message>
</context>
<context>
    <name>CaptureTools</name>
    <message>
        <source>The patient is told what to do. Press for beeps alone.</source>
        <translation>患者に音声で案内します。押すと合図音だけになります。</translation>
    </message>
    <message>
        <source>The patient hears beeps. Press for silence.</source>
        <translation>患者に合図音で知らせます。押すと無音になります。</translation>
    </message>
    <message>
        <source>Silent. Press to have the patient told what to do.</source>
        <translation>無音です。押すと音声で案内します。</translation>
    </message>
    <message>
        <source>{camera} · {width} × {height}</source>
        <translation>{camera} · {width} × {height}</translation>
    </message>
</context>
<context>
    <name>ClinicCard</name>
    <message>
        <source>Enter when the shifts start, one after another: 08:00 13:00 18:00</source>
        <translation>各クールの開始時刻を順に入力してください:08:00 13:00 18:00</translation>
    </message>
    <message>
        <source>This clinic</source>
        <translation>この施設</translation>
    </message>
    <message>
        <source>Shifts start at</source>
        <translation>クールの開始時刻</translation>
    </message>
    <message>
        <source>Ultrafiltration is marked above</source>
        <translation>除水速度がこれを超えると印を付けます</translation>
    </message>
    <message>
        <source>Weight gain since the last session is marked above</source>
        <translation>前回からの体重増加がこれを超えると印を付けます</translation>
    </message>
    <message>
        <source>% of the dry weight</source>
        <translation>%(ドライウェイト比)</translation>
    </message>
    <message>
        <source>The screen is covered when nobody has touched anything for</source>
        <translation>操作がないとき画面を隠すまでの時間</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>分</translation>
    </message>
    <message>
        <source>Holds for everybody. Who changed it and when is on record.</source>
        <translation>施設全体に適用されます。変更者と日時は記録されます。</translation>
    </message>
    <message>
        <source>Holds for everybody. Only an administrator changes it.</source>
        <translation>施設全体に適用されます。変更できるのは管理者だけです。</translation>
    </message>
</context>
<context>
    <name>ClipResult</name>
    <message>
        <source>Estimate of excess fluid</source>
        <translation>余剰体液量の推定</translation>
    </message>
    <message>
        <source>By the scale</source>
        <translation>体重計による値</translation>
    </message>
    <message>
        <source>{chosen} of {seen} frames stand for the clip.</source>
        <translation>{seen} フレーム中 {chosen} フレームを使用しました。</translation>
    </message>
</context>
<context>
    <name>CompareSheet</name>
    <message>
        <source>There is nothing to compare on yet: two days of one patient with a capture and a weight are needed, and their faces still kept.</source>
        <translation>まだ比較できるデータがありません。同じ患者について、撮影と体重のそろった日が2日以上あり、顔画像が残っている必要があります。</translation>
    </message>
    <message>
        <source>All captures</source>
        <translation>すべての撮影</translation>
    </message>
    <message>
        <source>mean error, kg; patients where they differ most</source>
        <translation>平均誤差(kg)。患者は差の大きい順</translation>
    </message>
    <message>
        <source>{captures} captures of {patients} patients, each estimated from the patient&apos;s other days. A difference whose interval spans 0 says nothing for either.</source>
        <translation>患者{patients}人の撮影{captures}件。それぞれ同じ患者のほかの日から推定。区間が0をまたぐ差は、どちらが良いとも言えません。</translation>
    </message>
    <message>
        <source>Difference (95 %)</source>
        <translation>差(95 %)</translation>
    </message>
    <message>
        <source>Mean error, kg</source>
        <translation>平均誤差(kg)</translation>
    </message>
    <message>
        <source>Before or after told right, %</source>
        <translation>透析前後の判別正答(%)</translation>
    </message>
    <message>
        <source>Mean error of the change, kg</source>
        <translation>変化の平均誤差(kg)</translation>
    </message>
    <message>
        <source>Scale within the interval, %</source>
        <translation>区間に入った体重計の値(%)</translation>
    </message>
    <message>
        <source>Skill over the usual weight</source>
        <translation>普段の値に対する改善度</translation>
    </message>
    <message>
        <source>Use {name}</source>
        <translation>{name} を使う</translation>
    </message>
    <message>
        <source>Compare two models</source>
        <translation>2つのモデルを比較</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比較する</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Both look at the stored faces of the clinic&apos;s own captures with a weight. Nothing is written, and no estimate changes.</source>
        <translation>体重のある当院の撮影について、保存済みの顔画像を両方のモデルで見ます。何も書き込まず、推定も変わりません。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>比較するモデル</translation>
    </message>
</context>
<context>
    <name>ConsentCard</name>
    <message>
        <source>Ask…</source>
        <translation>確認…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>変更…</translation>
    </message>
    <message>
        <source>All answers ({count})</source>
        <translation>これまでの回答({count}件)</translation>
    </message>
    <message>
        <source>Hide the answers</source>
        <translation>回答を閉じる</translation>
    </message>
    <message>
        <source>given</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>取り消し</translation>
    </message>
    <message>
        <source>Models trained on this patient: {models}.</source>
        <translation>この患者で学習したモデル:{models}</translation>
    </message>
    <message>
        <source>To train one without, an administrator runs: {command}</source>
        <translation>この患者を除いて学習し直すには、管理者が次を実行します:{command}</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Erase this patient…</source>
        <translation>この患者を消去…</translation>
    </message>
</context>
<context>
    <name>ConsentDialog</name>
    <message>
        <source>All clips, pictures and estimates of this patient are destroyed, at once and for good. Weights stay. A recording that runs is ended and discarded.</source>
        <translation>この患者の動画、画像、推定をすべて、ただちに完全に破棄します。体重は残ります。撮影中の録画は中止して破棄します。</translation>
    </message>
    <message>
        <source>A recording that runs is ended. What is kept is used for nothing.</source>
        <translation>撮影中の録画は中止します。残した画像は今後使用しません。</translation>
    </message>
    <message>
        <source>The consent is on record.</source>
        <translation>同意を記録しました。</translation>
    </message>
    <message>
        <source>The consent is withdrawn, and the pictures of {count} captures are destroyed.</source>
        <translation>同意を取り消し、{count} 件の撮影の画像を破棄しました。</translation>
    </message>
    <message>
        <source>The consent is withdrawn.</source>
        <translation>同意を取り消しました。</translation>
    </message>
    <message>
        <source>Record the answer</source>
        <translation>回答を記録</translation>
    </message>
    <message>
        <source>Agrees</source>
        <translation>同意する</translation>
    </message>
    <message>
        <source>Does not agree, or no longer</source>
        <translation>同意しない・取り消す</translation>
    </message>
    <message>
        <source>Said on</source>
        <translation>回答日</translation>
    </message>
    <message>
        <source>Remark: how it was said, where the paper is</source>
        <translation>備考(伝え方、書面の保管場所)</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy/MM/dd</translation>
    </message>
    <message>
        <source>What becomes of the pictures</source>
        <translation>画像の扱い</translation>
    </message>
    <message>
        <source>Keep, unused</source>
        <translation>使用せずに残す</translation>
    </message>
    <message>
        <source>Destroy</source>
        <translation>破棄する</translation>
    </message>
    <message>
        <source>What the patient reads</source>
        <translation>患者への説明文</translation>
    </message>
</context>
<context>
    <name>ConsentTextsCard</name>
    <message>
        <source>From now on patients read the new text.</source>
        <translation>今後は新しい説明文が表示されます。</translation>
    </message>
    <message>
        <source>Your own text, version {number}. Earlier ones stay on record.</source>
        <translation>当院の説明文(第{number}版)。以前の版も記録に残ります。</translation>
    </message>
    <message>
        <source>The text that comes with the program. Word it as your clinic needs it.</source>
        <translation>プログラム付属の説明文です。貴院に合わせて書き換えてください。</translation>
    </message>
    <message>
        <source>What patients read before they consent</source>
        <translation>同意の前に患者が読む説明文</translation>
    </message>
    <message>
        <source>Use this text</source>
        <translation>この説明文を使う</translation>
    </message>
</context>
<context>
    <name>CurveCard</name>
    <message>
        <source>What more sessions bring</source>
        <translation>透析を重ねた効果</translation>
    </message>
    <message>
        <source>Error of captures whose patients had so many sessions with a weight before.</source>
        <translation>体重のある透析がそれまでに何回あったかごとの誤差です。</translation>
    </message>
</context>
<context>
    <name>CurvePlot</name>
    <message>
        <source>Sessions of the patient before</source>
        <translation>それまでの透析回数</translation>
    </message>
    <message>
        <source>Mean error, kg</source>
        <translation>平均誤差 kg</translation>
    </message>
    <message>
        <source>Mean error by the number of sessions before</source>
        <translation>それまでの透析回数ごとの平均誤差</translation>
    </message>
    <message>
        <source>estimate {value}</source>
        <translation>推定 {value}</translation>
    </message>
    <message>
        <source>usual value {value}</source>
        <translation>普段の値 {value}</translation>
    </message>
</context>
<context>
    <name>DayActs</name>
    <message>
        <source>Marked as away.</source>
        <translation>休みにしました。</translation>
    </message>
    <message>
        <source>Due on this day, too.</source>
        <translation>この日も予定に加えました。</translation>
    </message>
    <message>
        <source>As scheduled again.</source>
        <translation>予定どおりに戻しました。</translation>
    </message>
</context>
<context>
    <name>DayChooser</name>
    <message>
        <source>The day before</source>
        <translation>前の日</translation>
    </message>
    <message>
        <source>The day after</source>
        <translation>次の日</translation>
    </message>
    <message>
        <source>Back to today</source>
        <translation>今日に戻る</translation>
    </message>
</context>
<context>
    <name>DayFoot</name>
    <message>
        <source>What was before…</source>
        <translation>直前のできごと…</translation>
    </message>
    <message>
        <source>Open the session</source>
        <translation>この透析を開く</translation>
    </message>
</context>
<context>
    <name>DayGone</name>
    <message>
        <source>Deleted: {time} · {who} · {reason}</source>
        <translation>削除済み: {time}・{who}・{reason}</translation>
    </message>
    <message>
        <source>Take it back…</source>
        <translation>元に戻す…</translation>
    </message>
</context>
<context>
    <name>DayPlot</name>
    <message>
        <source>Excess fluid above dry weight, over the hours of a day</source>
        <translation>ドライウェイトに対する余剰体液量(1日の推移)</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>体重計</translation>
    </message>
    <message>
        <source>{change} kg</source>
        <translation>{change} kg</translation>
    </message>
    <message>
        <source>first of the day</source>
        <translation>この日の最初</translation>
    </message>
</context>
<context>
    <name>DayView</name>
    <message>
        <source>The day with captures before (Page Up)</source>
        <translation>記録のある前の日 (Page Up)</translation>
    </message>
    <message>
        <source>The day with captures after (Page Down)</source>
        <translation>記録のある次の日 (Page Down)</translation>
    </message>
    <message>
        <source>Under each name: the change since the first estimate. One smaller than both bars may be chance.</source>
        <translation>名前の下は、この日の最初の推定からの変化です。両方の幅より小さい変化は偶然かもしれません。</translation>
    </message>
</context>
<context>
    <name>DifferenceCard</name>
    <message>
        <source>How far it is off (Bland-Altman)</source>
        <translation>どれだけ外れるか(Bland-Altman)</translation>
    </message>
    <message>
        <source>95 of 100 differences lie between the limits. The grey bands say how sure these and the average are, for patients measured many times.</source>
        <translation>差の 100 個のうち 95 個が限界の間にあります。灰色の帯は、同じ患者を何度も測ったことを考えた、限界と平均の確かさです。</translation>
    </message>
</context>
<context>
    <name>DifferencePlot</name>
    <message>
        <source>Mean of estimate and scale, kg</source>
        <translation>推定と体重計の平均 kg</translation>
    </message>
    <message>
        <source>Estimate less scale, kg</source>
        <translation>推定 − 体重計 kg</translation>
    </message>
    <message>
        <source>upper limit {value}</source>
        <translation>上限 {value}</translation>
    </message>
    <message>
        <source>on average {value}</source>
        <translation>平均 {value}</translation>
    </message>
    <message>
        <source>lower limit {value}</source>
        <translation>下限 {value}</translation>
    </message>
    <message>
        <source>Difference of estimate and scale (Bland-Altman)</source>
        <translation>推定と体重計の差(Bland-Altman)</translation>
    </message>
</context>
<context>
    <name>DifferenceView</name>
    <message>
        <source>{percent} % darker</source>
        <translation>{percent} % 暗い</translation>
    </message>
    <message>
        <source>{percent} % brighter</source>
        <translation>{percent} % 明るい</translation>
    </message>
    <message>
        <source>After minus before: the mean of the frames used, with the light made equal. It shows pixels, not fluid: expression, skin, hair and shadow change them too.</source>
        <translation>透析後 − 透析前。使用したフレームの平均で、照明の違いは取り除いています。示すのは画素の明るさであり、体液ではありません。表情・皮膚・髪・影でも変わります。</translation>
    </message>
</context>
<context>
    <name>DriftCard</name>
    <message>
        <source>Drift</source>
        <translation>ずれ</translation>
    </message>
    <message>
        <source>All captures count here, whatever is chosen above. Estimates drift when they lie on one side of the scale session after session; chance comes and goes. Look at camera, light, dry weight and model.</source>
        <translation>ここでは上の条件によらず、すべての撮影が対象です。推定が透析のたびに体重の同じ側に続くとき、ずれとします。偶然は続きません。カメラ、照明、ドライウェイト、モデルを確かめてください。</translation>
    </message>
    <message>
        <source>Patients whose estimates drifted, the furthest first</source>
        <translation>推定がずれた患者(大きい順)</translation>
    </message>
    <message>
        <source>Being worked out…</source>
        <translation>計算中…</translation>
    </message>
    <message>
        <source>No patient&apos;s estimates have drifted.</source>
        <translation>推定がずれた患者はいません。</translation>
    </message>
    <message>
        <source>The whole clinic: no drift in {sessions} sessions.</source>
        <translation>施設全体: 透析 {sessions} 回にずれはありません。</translation>
    </message>
    <message>
        <source>The whole clinic: {drift}.</source>
        <translation>施設全体: {drift}。</translation>
    </message>
</context>
<context>
    <name>DriftView</name>
    <message>
        <source>Chance comes and goes, a bias stays: a patient stands here once the estimates of some sessions in a row lie on one side of the scale by about half a kilogram or more. Look at the dry weight, the camera and the light first; then compare the models on the first tab. Their estimates count as not calibrated until they recover.</source>
        <translation>偶然のずれは行き来しますが、偏りは残ります。数回続けて推定が体重計から一方に約0.5 kg以上ずれた患者がここに出ます。まずドライウェイト、カメラ、照明を確かめ、それから最初のタブでモデルを比較してください。戻るまでは、その患者の推定は未校正として扱います。</translation>
    </message>
    <message>
        <source>Patients whose estimates drifted</source>
        <translation>推定がずれてきた患者</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>Estimate less scale, kg</source>
        <translation>推定 − 体重計(kg)</translation>
    </message>
    <message>
        <source>Noticed</source>
        <translation>気づいた日</translation>
    </message>
    <message>
        <source>Sessions so far</source>
        <translation>これまでの透析回数</translation>
    </message>
    <message>
        <source>{count} of {all} patients drifted</source>
        <translation>患者{all}人中{count}人でずれ</translation>
    </message>
    <message>
        <source>Each session with an estimate and a weight is watched.</source>
        <translation>推定と体重のそろった透析をすべて見守っています。</translation>
    </message>
    <message>
        <source>Nobody&apos;s estimates drifted</source>
        <translation>推定がずれた患者はいません</translation>
    </message>
    <message>
        <source>The watch begins with the first session that has both.</source>
        <translation>両方がそろった最初の透析から見守りを始めます。</translation>
    </message>
    <message>
        <source>No estimates beside weights yet</source>
        <translation>体重と並ぶ推定がまだありません</translation>
    </message>
    <message>
        <source>All patients together: {drift}. Something they share may have changed: camera, light, scale, or the model.</source>
        <translation>全患者では{drift}。カメラ、照明、体重計、モデルなど、共通のものが変わった可能性があります。</translation>
    </message>
    <message>
        <source>All patients together: no drift, {count} sessions watched.</source>
        <translation>全患者ではずれなし。透析{count}回を見守りました。</translation>
    </message>
</context>
<context>
    <name>DropArea</name>
    <message>
        <source>Videos</source>
        <translation>動画</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>すべてのファイル</translation>
    </message>
    <message>
        <source>Choose a clip</source>
        <translation>動画を選択</translation>
    </message>
    <message>
        <source>Drop a clip here</source>
        <translation>ここに動画をドロップ</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>ファイルを選択</translation>
    </message>
    <message>
        <source>Choose another</source>
        <translation>選び直す</translation>
    </message>
    <message>
        <source>MP4, MOV, Matroska, WebM, MPEG or AVI</source>
        <translation>MP4・MOV・Matroska・WebM・MPEG・AVI</translation>
    </message>
</context>
<context>
    <name>DryWeightDialog</name>
    <message>
        <source>No dry weight has been entered yet.</source>
        <translation>ドライウェイトはまだ登録されていません。</translation>
    </message>
    <message>
        <source>In force: {weight} kg since {day}. It stays on record.</source>
        <translation>現在 {weight} kg({day} から)。記録はそのまま残ります。</translation>
    </message>
    <message>
        <source>The dry weight was entered.</source>
        <translation>ドライウェイトを登録しました。</translation>
    </message>
    <message>
        <source>Dry weight</source>
        <translation>ドライウェイト</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>登録</translation>
    </message>
    <message>
        <source>Enter it as it is</source>
        <translation>このまま登録</translation>
    </message>
    <message>
        <source>New dry weight, kg</source>
        <translation>新しいドライウェイト(kg)</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>適用開始日</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy/MM/dd</translation>
    </message>
</context>
<context>
    <name>EraseDialog</name>
    <message>
        <source>The patient was erased.</source>
        <translation>患者を消去しました。</translation>
    </message>
    <message>
        <source>Yes, erase for good</source>
        <translation>はい、完全に消去</translation>
    </message>
    <message>
        <source>Erase this patient</source>
        <translation>この患者を消去</translation>
    </message>
    <message>
        <source>Erase…</source>
        <translation>消去…</translation>
    </message>
    <message>
        <source>Name, chart number, photo, clips, pictures, weights and estimates of this patient are erased. It cannot be undone.</source>
        <translation>この患者の氏名、カルテ番号、写真、動画、画像、体重、推定を消去します。元に戻せません。</translation>
    </message>
    <message>
        <source>What stays are the days of sessions without any figures, and that somebody was erased, when, by whom and why. Clips are erased by destroying their keys: overwriting files on an SSD proves nothing, and is not relied on. Backups from before are dropped within 90 days. If the law asks you to keep records, print or export them first.</source>
        <translation>残るのは、数値を除いた透析の日付と、いつ、誰が、なぜ消去したかの記録です。動画は鍵を破棄することで消去します。SSDではファイルを上書きしても消去の証明にならないため、上書きには頼りません。消去前のバックアップは90日以内に削除されます。法令で保存が必要な記録は、先に印刷または書き出してください。</translation>
    </message>
    <message>
        <source>Chart number, typed from the chart</source>
        <translation>カルテ番号(カルテを見て入力)</translation>
    </message>
    <message>
        <source>Reason, without the name; it stays on record</source>
        <translation>理由(氏名は書かない。記録に残ります)</translation>
    </message>
</context>
<context>
    <name>EventChoice</name>
    <message>
        <source>What was before</source>
        <translation>直前のできごと</translation>
    </message>
    <message>
        <source>A few words</source>
        <translation>短く入力</translation>
    </message>
    <message>
        <source>Nothing special</source>
        <translation>特になし</translation>
    </message>
    <message>
        <source>A meal</source>
        <translation>食事</translation>
    </message>
    <message>
        <source>Toilet</source>
        <translation>トイレ</translation>
    </message>
    <message>
        <source>Getting up</source>
        <translation>起床</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>その他…</translation>
    </message>
</context>
<context>
    <name>EventDialog</name>
    <message>
        <source>What was before is noted.</source>
        <translation>直前のできごとを記録しました。</translation>
    </message>
    <message>
        <source>What was before this capture</source>
        <translation>この記録の直前のできごと</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>記録する</translation>
    </message>
</context>
<context>
    <name>Events</name>
    <message>
        <source>after a meal</source>
        <translation>食後</translation>
    </message>
    <message>
        <source>after the toilet</source>
        <translation>トイレの後</translation>
    </message>
    <message>
        <source>on getting up</source>
        <translation>起床時</translation>
    </message>
</context>
<context>
    <name>ExportChoice</name>
    <message>
        <source>The clinic&apos;s own</source>
        <translation>当施設</translation>
    </message>
    <message>
        <source>The days are out of order.</source>
        <translation>開始日が終了日より後になっています。</translation>
    </message>
    <message>
        <source>The files tell who the patient is: only for care elsewhere. It stays on record.</source>
        <translation>氏名が分かるため、診療の引き継ぎだけに使ってください。記録に残ります。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Of whom</source>
        <translation>対象</translation>
    </message>
    <message>
        <source>Under</source>
        <translation>表記</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>期間</translation>
    </message>
    <message>
        <source>This patient</source>
        <translation>この患者</translation>
    </message>
    <message>
        <source>Everybody who agreed</source>
        <translation>同意した全員</translation>
    </message>
    <message>
        <source>A code</source>
        <translation>研究用コード</translation>
    </message>
    <message>
        <source>The name</source>
        <translation>氏名</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>全期間</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>1年</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90日</translation>
    </message>
    <message>
        <source>From – to</source>
        <translation>期間を指定</translation>
    </message>
    <message>
        <source>Where they come from</source>
        <translation>データの出所</translation>
    </message>
    <message>
        <source>From</source>
        <translation>開始日</translation>
    </message>
    <message>
        <source>To</source>
        <translation>終了日</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy/MM/dd</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Counting what would go out…</source>
        <translation>書き出す件数を数えています…</translation>
    </message>
    <message>
        <source>Where the folder shall be made</source>
        <translation>フォルダを作る場所</translation>
    </message>
    <message>
        <source>The export is on the disk and on record.</source>
        <translation>書き出しが終わり、記録に残しました。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>Export now</source>
        <translation>書き出す</translation>
    </message>
    <message>
        <source>The export is done</source>
        <translation>書き出しが終わりました</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>In {folder}. Keep it as carefully as the records themselves.</source>
        <translation>保存先: {folder}。診療記録と同じように厳重に保管してください。</translation>
    </message>
    <message>
        <source>A new folder is made in</source>
        <translation>新しいフォルダを作る場所</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選ぶ…</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>フォルダを開く</translation>
    </message>
</context>
<context>
    <name>FaceForm</name>
    <message>
        <source>How sure are you?</source>
        <translation>確信度</translation>
    </message>
    <message>
        <source>Edema, {phase}</source>
        <translation>浮腫({phase})</translation>
    </message>
    <message>
        <source>Excess fluid you would guess, kg (may stay empty)</source>
        <translation>余剰体液量の見立て(kg、空欄可)</translation>
    </message>
</context>
<context>
    <name>FigureBlock</name>
    <message>
        <source>95 %: {between}</source>
        <translation>95 %: {between}</translation>
    </message>
    <message>
        <source>of {count}</source>
        <translation>{count}</translation>
    </message>
</context>
<context>
    <name>FiguresCard</name>
    <message>
        <source>Figures</source>
        <translation>数値</translation>
    </message>
    <message>
        <source>Rest the pointer on a figure for what it means; the table says it too.</source>
        <translation>数値にポインタを重ねると意味が表示されます。表にもあります。</translation>
    </message>
</context>
<context>
    <name>FirstStartPanel</name>
    <message>
        <source>Sealing the records…</source>
        <translation>記録を暗号化しています…</translation>
    </message>
    <message>
        <source>Make the administrator</source>
        <translation>管理者を登録</translation>
    </message>
    <message>
        <source>Who works at this PC?</source>
        <translation>このPCを使うのはだれですか?</translation>
    </message>
    <message>
        <source>Make the first administrator: then everybody signs in with a password of their own, the record of acts says who did what, and what is stored can be read only with one of the passwords. The administrator adds the others in the settings.</source>
        <translation>最初の管理者を登録すると、各自が自分のパスワードでサインインし、だれが何をしたかが操作記録に残り、保存された内容はパスワードがなければ読めなくなります。ほかの利用者は管理者が設定で追加します。</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>氏名</translation>
    </message>
    <message>
        <source>Name to sign in with</source>
        <translation>サインインの名前</translation>
    </message>
    <message>
        <source>Later: work without signing in</source>
        <translation>あとで:サインインなしで使う</translation>
    </message>
    <message>
        <source>Until then whoever sits at this PC may do everything, and the key of the records lies beside them. It can be made up for in the settings at any time.</source>
        <translation>それまでは、このPCの前にいる人はだれでもすべての操作ができ、記録の鍵は記録と同じ場所に置かれます。設定からいつでも登録できます。</translation>
    </message>
    <message>
        <source>The records come from another PC: restore a backup…</source>
        <translation>別のPCの記録を使う：バックアップから復元…</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Back (Alt+Left)</source>
        <translation>戻る(Alt+←)</translation>
    </message>
    <message>
        <source>Made-up people (demo)</source>
        <translation>架空の人物(デモ)</translation>
    </message>
    <message>
        <source>Not only the clinic&apos;s own people</source>
        <translation>自施設以外の人物を含みます</translation>
    </message>
</context>
<context>
    <name>InboxFolderDialog</name>
    <message>
        <source>There is no such folder. Connect the share, or choose.</source>
        <translation>そのフォルダはありません。共有フォルダに接続するか、選び直してください。</translation>
    </message>
    <message>
        <source>Choose the inbox folder</source>
        <translation>受信フォルダを選ぶ</translation>
    </message>
    <message>
        <source>The files stay exactly where they are.</source>
        <translation>ファイルはそのまま残ります。</translation>
    </message>
    <message>
        <source>Files go to the folder “done” within the inbox.</source>
        <translation>ファイルは受信フォルダの中の「done」に移ります。</translation>
    </message>
    <message>
        <source>Files are deleted once their clips are stored. Others never are.</source>
        <translation>動画を保存したあと、そのファイルを削除します。ほかのファイルは削除しません。</translation>
    </message>
    <message>
        <source>Inbox folder</source>
        <translation>受信フォルダ</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Clips that a tablet, a share or a cloud program puts into this folder are taken in by themselves. Leave it empty to watch none.</source>
        <translation>タブレット、共有フォルダ、クラウドなどからこのフォルダに入った動画を自動で取り込みます。空欄にすると取り込みません。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダ</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Once a clip is stored, its file is</source>
        <translation>動画を保存したあとのファイル</translation>
    </message>
    <message>
        <source>left there</source>
        <translation>そのまま残す</translation>
    </message>
    <message>
        <source>moved to “done”</source>
        <translation>「done」に移す</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>削除する</translation>
    </message>
    <message>
        <source>Names such as 104-221_2026-03-02_pre.mp4 (chart number, day, before or after) are matched by themselves; any other clip waits here for you.</source>
        <translation>104-221_2026-03-02_pre.mp4 のような名前(カルテ番号、日付、前後)は自動で照合されます。それ以外の動画はここで確認を待ちます。</translation>
    </message>
</context>
<context>
    <name>InboxForm</name>
    <message>
        <source>Whom the clip shows</source>
        <translation>動画の患者</translation>
    </message>
    <message>
        <source>When in dialysis</source>
        <translation>透析の時点</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>撮影日時</translation>
    </message>
    <message>
        <source>d MMM yyyy  HH:mm</source>
        <translation>yyyy年M月d日  HH:mm</translation>
    </message>
</context>
<context>
    <name>InboxModel</name>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>撮影日時</translation>
    </message>
</context>
<context>
    <name>InboxPage</name>
    <message>
        <source>Inbox</source>
        <translation>受信</translation>
    </message>
    <message>
        <source>{count} waiting for you</source>
        <translation>確認待ち {count} 件</translation>
    </message>
    <message>
        <source>The inbox cannot be shown</source>
        <translation>受信一覧を表示できません</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>もう一度試す</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>読み込み中…</translation>
    </message>
    <message>
        <source>Choose the folder into which the tablet puts its clips. They are taken in by themselves, and matched to patients by the names of the files.</source>
        <translation>タブレットが動画を入れるフォルダを選んでください。動画は自動で取り込まれ、ファイル名から患者と照合されます。</translation>
    </message>
    <message>
        <source>No inbox yet</source>
        <translation>受信フォルダがまだありません</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>フォルダを選ぶ</translation>
    </message>
    <message>
        <source>Nothing waits for you</source>
        <translation>確認待ちはありません</translation>
    </message>
    <message>
        <source>Show all files</source>
        <translation>すべてのファイルを表示</translation>
    </message>
    <message>
        <source>Clips that are put into {folder} appear here.</source>
        <translation>{folder} に入った動画がここに表示されます。</translation>
    </message>
    <message>
        <source>Nothing has arrived yet</source>
        <translation>まだ何も届いていません</translation>
    </message>
    <message>
        <source>Choose another</source>
        <translation>別のフォルダを選ぶ</translation>
    </message>
    <message>
        <source>{count} under way</source>
        <translation>処理中 {count} 件</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation>確認待ち</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Inbox folder…</source>
        <translation>受信フォルダ…</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>フォルダを開く</translation>
    </message>
    <message>
        <source>Files of the inbox</source>
        <translation>受信したファイル</translation>
    </message>
</context>
<context>
    <name>InboxPanel</name>
    <message>
        <source>{count} files chosen</source>
        <translation>{count} 件を選択中</translation>
    </message>
    <message>
        <source>No file chosen</source>
        <translation>ファイルが選ばれていません</translation>
    </message>
    <message>
        <source>Each clip goes by its own time and finds its session by itself.</source>
        <translation>それぞれの撮影日時から透析を自動で決めます。</translation>
    </message>
    <message>
        <source>Choose a file to see what is known of it.</source>
        <translation>ファイルを選ぶと詳細が表示されます。</translation>
    </message>
    <message>
        <source>Record the consent…</source>
        <translation>同意を記録…</translation>
    </message>
    <message>
        <source>Take in</source>
        <translation>取り込む</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>除外する</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>もう一度試す</translation>
    </message>
    <message>
        <source>Open the patient</source>
        <translation>患者を開く</translation>
    </message>
</context>
<context>
    <name>InboxPatient</name>
    <message>
        <source>No match</source>
        <translation>該当なし</translation>
    </message>
    <message>
        <source>Name, kana or chart number</source>
        <translation>氏名、カナ、カルテ番号</translation>
    </message>
    <message>
        <source>Whom the clip shows</source>
        <translation>動画の患者</translation>
    </message>
    <message>
        <source>Patients found</source>
        <translation>見つかった患者</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>変更…</translation>
    </message>
</context>
<context>
    <name>Judgement</name>
    <message>
        <source>Cannot tell</source>
        <translation>判定できない</translation>
    </message>
    <message>
        <source>Edema</source>
        <translation>浮腫あり</translation>
    </message>
    <message>
        <source>No edema</source>
        <translation>浮腫なし</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>低い</translation>
    </message>
    <message>
        <source>Fairly sure</source>
        <translation>中くらい</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>高い</translation>
    </message>
    <message>
        <source>Hidden until you judge this session.</source>
        <translation>この透析を判定するまで表示しません。</translation>
    </message>
    <message>
        <source>Not judged</source>
        <translation>判定せず</translation>
    </message>
    <message>
        <source>Scale excess</source>
        <translation>余剰(体重計)</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>推定</translation>
    </message>
    <message>
        <source>looked at the estimate without judging: {reason}</source>
        <translation>判定せずに推定を表示: {reason}</translation>
    </message>
    <message>
        <source>before the estimate was shown</source>
        <translation>推定を見る前に判定</translation>
    </message>
    <message>
        <source>with the estimate known</source>
        <translation>推定を見た後に判定</translation>
    </message>
    <message>
        <source>{phase}: {sure}</source>
        <translation>{phase}の確信度: {sure}</translation>
    </message>
</context>
<context>
    <name>JudgingCard</name>
    <message>
        <source>Judge first</source>
        <translation>先に判定</translation>
    </message>
    <message>
        <source>Judgements</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Weights, estimates and notes of this session are shown once you judged.</source>
        <translation>判定すると、この透析の体重・推定・記録が表示されます。</translation>
    </message>
    <message>
        <source>They were open to you before you chose to judge first: this does not count as blind.</source>
        <translation>「先に判定」を選ぶ前に見ることができたため、盲検の判定には数えません。</translation>
    </message>
    <message>
        <source>Judge this session</source>
        <translation>この透析を判定</translation>
    </message>
    <message>
        <source>Save judgement</source>
        <translation>判定を保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Show without judging…</source>
        <translation>判定せずに表示…</translation>
    </message>
    <message>
        <source>Why you do not judge</source>
        <translation>判定しない理由</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>表示</translation>
    </message>
</context>
<context>
    <name>JudgingChoiceCard</name>
    <message>
        <source>Since {moment}. What you judge of sessions opened since counts as blind.</source>
        <translation>{moment} から。それ以降に始まった透析の判定は盲検として数えます。</translation>
    </message>
    <message>
        <source>Judge before I see the estimate</source>
        <translation>推定を見る前に判定する</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>しない</translation>
    </message>
    <message>
        <source>On</source>
        <translation>する</translation>
    </message>
    <message>
        <source>A session then shows you its faces and nothing that tells the excess, until you judged them or said why not. Today and the patient&apos;s page leave the estimates of such sessions out as well; Agreement, reports and exports do not. It is your own choice on this PC.</source>
        <translation>判定するか、しない理由を入力するまで、透析のページには顔だけを表示し、余剰がわかるものは表示しません。本日の一覧と患者のページでも、その透析の推定は表示しません。一致度のページ、レポート、書き出しには表示されます。このPCでのご本人だけの設定です。</translation>
    </message>
</context>
<context>
    <name>LatestCard</name>
    <message>
        <source>scale, kg</source>
        <translation>体重計 kg</translation>
    </message>
    <message>
        <source>Newest entry</source>
        <translation>最新の記録</translation>
    </message>
    <message>
        <source>Nothing is entered yet.</source>
        <translation>まだ記録がありません。</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>本日</translation>
    </message>
    <message>
        <source>{day} · {phase}</source>
        <translation>{day}・{phase}</translation>
    </message>
    <message>
        <source>estimate, kg</source>
        <translation>推定 kg</translation>
    </message>
    <message>
        <source>estimate, kg ({low} to {high})</source>
        <translation>推定 kg({low} ～ {high})</translation>
    </message>
    <message>
        <source>No estimate. {reason}</source>
        <translation>推定不可。{reason}</translation>
    </message>
    <message>
        <source>No clip yet, so there is no estimate.</source>
        <translation>動画がまだないため、推定はありません。</translation>
    </message>
    <message>
        <source>The clip is being analysed.</source>
        <translation>動画を解析しています。</translation>
    </message>
    <message>
        <source>This clip has no estimate.</source>
        <translation>この動画には推定がありません。</translation>
    </message>
    <message>
        <source>No weight yet to compare the estimate with.</source>
        <translation>推定と比べる体重がまだありません。</translation>
    </message>
    <message>
        <source>No dry weight was valid on that day.</source>
        <translation>その日に有効なドライウェイトがありません。</translation>
    </message>
    <message>
        <source>A spot capture has no scale weight beside it.</source>
        <translation>随時の動画には、対応する体重がありません。</translation>
    </message>
    <message>
        <source>The estimate and the scale agree to 0.1 kg.</source>
        <translation>推定と体重計の値は 0.1 kg 以内で一致しています。</translation>
    </message>
    <message>
        <source>The estimate is {off} kg above the scale, within its {width}.</source>
        <translation>推定は体重計の値より {off} kg 高く、{width}の範囲内です。</translation>
    </message>
    <message>
        <source>The estimate is {off} kg above the scale, outside its {width}.</source>
        <translation>推定は体重計の値より {off} kg 高く、{width}の範囲外です。</translation>
    </message>
    <message>
        <source>The estimate is {off} kg below the scale, within its {width}.</source>
        <translation>推定は体重計の値より {off} kg 低く、{width}の範囲内です。</translation>
    </message>
    <message>
        <source>The estimate is {off} kg below the scale, outside its {width}.</source>
        <translation>推定は体重計の値より {off} kg 低く、{width}の範囲外です。</translation>
    </message>
    <message>
        <source>Add clip</source>
        <translation>動画を追加</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>撮影</translation>
    </message>
    <message>
        <source>Add weight</source>
        <translation>体重を入力</translation>
    </message>
</context>
<context>
    <name>LockCover</name>
    <message>
        <source>The recording is kept.</source>
        <translation>録画は保存されました。</translation>
    </message>
    <message>
        <source>The recording goes on, and is kept.</source>
        <translation>録画は続いており、保存されます。</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>ロック中</translation>
    </message>
    <message>
        <source>{name} is signed in</source>
        <translation>{name} がサインインしています</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>サインイン</translation>
    </message>
    <message>
        <source>Please wait…</source>
        <translation>お待ちください…</translation>
    </message>
    <message>
        <source>Back to {name}</source>
        <translation>{name} に戻る</translation>
    </message>
    <message>
        <source>Whoever signs in begins at Today. What {name} typed and did not save is dropped; a recording that runs is ended and kept.</source>
        <translation>サインインした人は「本日」の画面から始まります。{name} が入力して保存していない内容は破棄され、録画中のものはそこで終了して保存されます。</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>ロックを解除</translation>
    </message>
    <message>
        <source>Sign in as somebody else</source>
        <translation>別の人でサインイン</translation>
    </message>
    <message>
        <source>What was typed is kept under this cover.</source>
        <translation>入力中の内容はこの画面の下に残っています。</translation>
    </message>
</context>
<context>
    <name>LooksCard</name>
    <message>
        <source>Appearance</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>テーマ</translation>
    </message>
    <message>
        <source>These are choices of this PC; everybody who uses it has them.</source>
        <translation>このPCの設定です。使う人すべてに共通です。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>{count} files wait for you</source>
        <translation>{count} 件のファイルが確認待ちです</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>本日</translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation>受信</translation>
    </message>
    <message>
        <source>Patients</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>一致度</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>The map alone</source>
        <translation>マップのみ</translation>
    </message>
    <message>
        <source>Over the face after dialysis</source>
        <translation>透析後の顔に重ねて表示</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>濃さ</translation>
    </message>
    <message>
        <source>How strongly the map covers the face</source>
        <translation>顔に重ねるマップの濃さ</translation>
    </message>
</context>
<context>
    <name>MarksCard</name>
    <message>
        <source>{side}: {mark}</source>
        <translation>{side}:{mark}</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>映像</translation>
    </message>
    <message>
        <source>Face size</source>
        <translation>顔の大きさ</translation>
    </message>
    <message>
        <source>Facing the camera</source>
        <translation>正面を向いている</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>明るさ</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>鮮明さ</translation>
    </message>
    <message>
        <source>Same light as last time</source>
        <translation>前回と同じ光</translation>
    </message>
</context>
<context>
    <name>ModelDetail</name>
    <message>
        <source>These figures come from made-up swelling drawn over faces, not from patients. What the model reaches in this clinic stands on the page Agreement.</source>
        <translation>これらの数値は、顔に描き加えた合成したむくみによるもので、患者のものではありません。当院での成績は「一致度」のページにあります。</translation>
    </message>
    <message>
        <source>Mean error</source>
        <translation>平均誤差</translation>
    </message>
    <message>
        <source>Before or after told right</source>
        <translation>透析前後の判別正答</translation>
    </message>
    <message>
        <source>90 % lie within</source>
        <translation>90 % が入る幅</translation>
    </message>
    <message>
        <source>People judged</source>
        <translation>評価した人数</translation>
    </message>
    <message>
        <source>Measured on {what}: {captures} captures ({card}).</source>
        <translation>評価対象: {what}、撮影{captures}件({card})。</translation>
    </message>
    <message>
        <source>{people} people, {captures} captures, {frames} pictures ({kind})</source>
        <translation>{people}人、撮影{captures}件、画像{frames}枚({kind})</translation>
    </message>
    <message>
        <source>part of EdemaDesk</source>
        <translation>EdemaDesk に付属</translation>
    </message>
    <message>
        <source>signed by the trusted key {key}</source>
        <translation>信頼する鍵 {key} による署名</translation>
    </message>
    <message>
        <source>not signed, or trained here</source>
        <translation>署名なし、またはここで学習</translation>
    </message>
    <message>
        <source>none told</source>
        <translation>記載なし</translation>
    </message>
    <message>
        <source>{objectives}, {steps} steps</source>
        <translation>{objectives}、{steps}ステップ</translation>
    </message>
    <message>
        <source>{when}, by EdemaDesk {version}</source>
        <translation>{when}、EdemaDesk {version}</translation>
    </message>
    <message>
        <source>Learned from</source>
        <translation>学習に使ったもの</translation>
    </message>
    <message>
        <source>Carried over to a patient</source>
        <translation>患者への適用</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>作成</translation>
    </message>
    <message>
        <source>Trained by</source>
        <translation>学習方法</translation>
    </message>
    <message>
        <source>Tuned from</source>
        <translation>元のモデル</translation>
    </message>
    <message>
        <source>no other model</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Estimates in force</source>
        <translation>有効な推定の数</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>署名</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>Faces by</source>
        <translation>顔画像の提供元</translation>
    </message>
    <message>
        <source>nobody named</source>
        <translation>記載なし</translation>
    </message>
    <message>
        <source>Since {since}, switched by {who}</source>
        <translation>{since} から(切替: {who})</translation>
    </message>
    <message>
        <source>{since} to {until}, switched by {who}</source>
        <translation>{since} ～ {until}(切替: {who})</translation>
    </message>
    <message>
        <source>From the beginning: no other model was ever in use.</source>
        <translation>最初から。ほかのモデルを使ったことはありません。</translation>
    </message>
    <message>
        <source>Never yet.</source>
        <translation>まだ使われていません。</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>このモデルを使う</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>比較…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>削除…</translation>
    </message>
    <message>
        <source>Back to the one before</source>
        <translation>一つ前に戻す</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用の記録</translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation>成り立ち</translation>
    </message>
    <message>
        <source>Made by these commands</source>
        <translation>作成したコマンド</translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message>
        <source>Damaged</source>
        <translation>破損</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>In use earlier</source>
        <translation>以前に使用</translation>
    </message>
    <message>
        <source>Part of EdemaDesk</source>
        <translation>EdemaDesk に付属</translation>
    </message>
    <message>
        <source>Installed, not in use</source>
        <translation>導入済み・未使用</translation>
    </message>
    <message>
        <source>made-up swelling</source>
        <translation>合成したむくみ</translation>
    </message>
    <message>
        <source>patients</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>by averaging the patient&apos;s references</source>
        <translation>患者自身の参照撮影の平均による</translation>
    </message>
    <message>
        <source>learns how strongly this face shows fluid</source>
        <translation>この顔に体液がどれだけ現れるかを学ぶ</translation>
    </message>
    <message>
        <source>learns how strongly each part of this face shows fluid</source>
        <translation>顔の部位ごとに体液がどれだけ現れるかを学ぶ</translation>
    </message>
    <message>
        <source>learns how strongly this face shows fluid, in several directions</source>
        <translation>この顔に体液がどれだけ現れるかを複数の方向で学ぶ</translation>
    </message>
    <message>
        <source>a network tuned to the patient</source>
        <translation>患者に合わせて調整したネットワーク</translation>
    </message>
    <message>
        <source>the people the model was judged on; it promises nothing</source>
        <translation>モデルを評価した人々による目安。保証ではありません</translation>
    </message>
    <message>
        <source>the differences from the scale of all patients here</source>
        <translation>当院の全患者の体重計との差</translation>
    </message>
    <message>
        <source>this patient&apos;s own differences from the scale</source>
        <translation>この患者自身の体重計との差</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} ～ {high}</translation>
    </message>
    <message>
        <source>{second} lies nearer to the scale.</source>
        <translation>{second} のほうが体重計に近いです。</translation>
    </message>
    <message>
        <source>{second} lies farther from the scale.</source>
        <translation>{second} のほうが体重計から離れています。</translation>
    </message>
    <message>
        <source>It cannot be told which of the two lies nearer to the scale.</source>
        <translation>どちらが体重計に近いとも言えません。</translation>
    </message>
    <message>
        <source>{second} is nearer in {share} of the captures; its mean error is {gain} kg smaller (95 %: {span}).</source>
        <translation>撮影の {share} で {second} のほうが近く、平均誤差は {gain} kg 小さいです(95 %: {span})。</translation>
    </message>
    <message>
        <source>{second} is nearer in {share} of the captures; its mean error is {gain} kg larger (95 %: {span}).</source>
        <translation>撮影の {share} で {second} のほうが近く、平均誤差は {gain} kg 大きいです(95 %: {span})。</translation>
    </message>
    <message>
        <source>1 patient is left out: one of the models learned from them.</source>
        <translation>1 人の患者を除いています。どちらかのモデルがその患者から学習したためです。</translation>
    </message>
    <message>
        <source>{count} patients are left out: one of the models learned from them.</source>
        <translation>{count} 人の患者を除いています。どちらかのモデルがその患者から学習したためです。</translation>
    </message>
    <message>
        <source>No drift</source>
        <translation>ずれなし</translation>
    </message>
    <message>
        <source>{kg} kg above the scale since {day}</source>
        <translation>{day}から体重計より {kg} kg 上</translation>
    </message>
    <message>
        <source>{kg} kg below the scale since {day}</source>
        <translation>{day}から体重計より {kg} kg 下</translation>
    </message>
    <message>
        <source>the clinic&apos;s patients who agreed</source>
        <translation>同意した当院の患者</translation>
    </message>
    <message>
        <source>{count} study folders</source>
        <translation>研究フォルダ{count}件</translation>
    </message>
    <message>
        <source>{minutes} minutes</source>
        <translation>{minutes}分</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours}時間</translation>
    </message>
    <message>
        <source>{name} is being laid aside</source>
        <translation>{name} を保存して止めています</translation>
    </message>
    <message>
        <source>The training of {name} stands still while a capture runs</source>
        <translation>撮影中のため {name} の学習を止めています</translation>
    </message>
    <message>
        <source>{name}: gathering faces</source>
        <translation>{name}: 顔画像を集めています</translation>
    </message>
    <message>
        <source>{name} is being trained</source>
        <translation>{name} を学習中</translation>
    </message>
    <message>
        <source>{name} is being checked and installed</source>
        <translation>{name} を確認して導入しています</translation>
    </message>
    <message>
        <source>{name} is trained and installed. It is not in use yet.</source>
        <translation>{name} の学習と導入が終わりました。まだ使われていません。</translation>
    </message>
    <message>
        <source>The training of {name} was stopped. It can go on where it was.</source>
        <translation>{name} の学習は止まっています。続きから再開できます。</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>{name} in use</source>
        <translation>{name} を使用中</translation>
    </message>
    <message>
        <source>The estimates of {count} patients drifted</source>
        <translation>患者{count}人の推定がずれています</translation>
    </message>
    <message>
        <source>{name} is in use. Estimates made before stay as they are.</source>
        <translation>{name} を使い始めました。これまでの推定は変わりません。</translation>
    </message>
    <message>
        <source>{name} is installed and not yet in use.</source>
        <translation>{name} を導入しました。まだ使われていません。</translation>
    </message>
    <message>
        <source>Choose the folder of a model package</source>
        <translation>モデルパッケージのフォルダを選択</translation>
    </message>
    <message>
        <source>Only an administrator installs, trains and switches models.</source>
        <translation>モデルの導入・学習・切替は管理者だけが行えます。</translation>
    </message>
    <message>
        <source>Base models</source>
        <translation>基盤モデル</translation>
    </message>
    <message>
        <source>Each patient&apos;s model</source>
        <translation>患者モデル</translation>
    </message>
    <message>
        <source>Drift watch</source>
        <translation>ずれの見守り</translation>
    </message>
    <message>
        <source>Train a model…</source>
        <translation>モデルを学習…</translation>
    </message>
    <message>
        <source>Install…</source>
        <translation>導入…</translation>
    </message>
    <message>
        <source>Estimate again…</source>
        <translation>推定し直す…</translation>
    </message>
    <message>
        <source>Signers…</source>
        <translation>署名者…</translation>
    </message>
</context>
<context>
    <name>MoreButton</name>
    <message>
        <source>More to do with this patient</source>
        <translation>この患者のその他の操作</translation>
    </message>
    <message>
        <source>Dry weight, clip file, report, export</source>
        <translation>ドライウェイト、動画ファイル、レポート、書き出し</translation>
    </message>
    <message>
        <source>Dry weight…</source>
        <translation>ドライウェイト…</translation>
    </message>
    <message>
        <source>Add a clip file…</source>
        <translation>動画ファイルを追加…</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>レポート…</translation>
    </message>
    <message>
        <source>Dry-weight sheet…</source>
        <translation>ドライウェイト検討シート…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出し…</translation>
    </message>
</context>
<context>
    <name>MoveCaptureDialog</name>
    <message>
        <source>Choose the session this capture belongs to.</source>
        <translation>この記録がどの透析のものか選んでください。</translation>
    </message>
    <message>
        <source>The capture was moved. Both patients&apos; estimates follow.</source>
        <translation>記録を移しました。両方の患者の推定をやり直します。</translation>
    </message>
    <message>
        <source>Move this capture</source>
        <translation>この記録を移す</translation>
    </message>
    <message>
        <source>Move it</source>
        <translation>移す</translation>
    </message>
    <message>
        <source>It was kept for</source>
        <translation>保存先だった患者</translation>
    </message>
    <message>
        <source>It shows</source>
        <translation>実際に写っている患者</translation>
    </message>
    <message>
        <source>Choose whom it shows; another session of the same, too.</source>
        <translation>写っている患者を選んでください。同じ患者の別の透析も選べます。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
</context>
<context>
    <name>NetworkCard</name>
    <message>
        <source>Network</source>
        <translation>ネットワーク</translation>
    </message>
    <message>
        <source>One connection, while its camera is used: {address}</source>
        <translation>カメラの使用中だけ1つの接続があります:{address}</translation>
    </message>
    <message>
        <source>No connection is opened: neither to the internet nor here.</source>
        <translation>接続は一切ありません。インターネットにも施設内にも接続しません。</translation>
    </message>
    <message>
        <source>The program needs no network and fetches nothing from one. Records, clips, models and backups stay on this PC and on the folders you choose.</source>
        <translation>このプログラムはネットワークを必要とせず、何も取得しません。記録・動画・モデル・バックアップは、このPCと選んだフォルダだけに保存されます。</translation>
    </message>
</context>
<context>
    <name>NewPassword</name>
    <message>
        <source>Not the name to sign in with</source>
        <translation>サインインの名前とは別のものにしてください</translation>
    </message>
    <message>
        <source>At least {least} characters; a few words are easy to remember</source>
        <translation>{least}文字以上。いくつかの言葉をつなげると覚えやすくなります</translation>
    </message>
    <message>
        <source>At least {least} characters: {left} more</source>
        <translation>{least}文字以上:あと{left}文字</translation>
    </message>
    <message>
        <source>Type the same twice</source>
        <translation>同じものを2回入力してください</translation>
    </message>
    <message>
        <source>Both are the same</source>
        <translation>一致しました</translation>
    </message>
    <message>
        <source>Long enough. Type it once more</source>
        <translation>十分な長さです。もう一度入力してください</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>パスワード</translation>
    </message>
    <message>
        <source>Password once more</source>
        <translation>パスワード(もう一度)</translation>
    </message>
    <message>
        <source>Capitals are locked</source>
        <translation>Caps Lockがオンです</translation>
    </message>
</context>
<context>
    <name>NewPasswordDialog</name>
    <message>
        <source>{name} can sign in again.</source>
        <translation>{name}さんは再びサインインできます。</translation>
    </message>
    <message>
        <source>{name} has a new password.</source>
        <translation>{name}さんに新しいパスワードを設定しました。</translation>
    </message>
    <message>
        <source>Let {name} in again</source>
        <translation>{name}さんの利用を再開</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>再開する</translation>
    </message>
    <message>
        <source>New password for {name}</source>
        <translation>{name}さんの新しいパスワード</translation>
    </message>
    <message>
        <source>Give</source>
        <translation>設定する</translation>
    </message>
    <message>
        <source>Tell it to them alone, and let them change it in the settings at once.</source>
        <translation>本人だけに伝え、すぐに設定画面で変更してもらってください。</translation>
    </message>
</context>
<context>
    <name>NoteDialog</name>
    <message>
        <source>The note is corrected.</source>
        <translation>記録を訂正しました。</translation>
    </message>
    <message>
        <source>Note written.</source>
        <translation>記録を書きました。</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>記録</translation>
    </message>
    <message>
        <source>Write note</source>
        <translation>記録を保存</translation>
    </message>
    <message>
        <source>Correct a note</source>
        <translation>記録の訂正</translation>
    </message>
    <message>
        <source>Correct note</source>
        <translation>訂正を保存</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Why it is corrected</source>
        <translation>訂正の理由</translation>
    </message>
</context>
<context>
    <name>NotesCard</name>
    <message>
        <source>Correct…</source>
        <translation>訂正…</translation>
    </message>
    <message>
        <source>Hide earlier</source>
        <translation>以前の内容を隠す</translation>
    </message>
    <message>
        <source>Earlier ({count})</source>
        <translation>以前の内容({count})</translation>
    </message>
    <message>
        <source>corrected: {reason}</source>
        <translation>訂正: {reason}</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>記録</translation>
    </message>
    <message>
        <source>No note is written yet.</source>
        <translation>記録はまだありません。</translation>
    </message>
    <message>
        <source>Write a note…</source>
        <translation>記録を書く…</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>Enter a number from {least} to {most}</source>
        <translation>{least}から{most}までの数値を入力してください</translation>
    </message>
</context>
<context>
    <name>OwnPasswordDialog</name>
    <message>
        <source>This is not your password.</source>
        <translation>あなたのパスワードではありません。</translation>
    </message>
    <message>
        <source>Your password was changed.</source>
        <translation>パスワードを変更しました。</translation>
    </message>
    <message>
        <source>Your password</source>
        <translation>あなたのパスワード</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>変更する</translation>
    </message>
    <message>
        <source>The password until now</source>
        <translation>現在のパスワード</translation>
    </message>
    <message>
        <source>Who forgets it gets another one from an administrator; nobody can read it.</source>
        <translation>忘れたときは管理者が新しいものを設定します。誰も読み取ることはできません。</translation>
    </message>
</context>
<context>
    <name>PairSide</name>
    <message>
        <source>Frame {number} of {count} · {seconds} s</source>
        <translation>{count} フレーム中 {number}・{seconds} 秒</translation>
    </message>
    <message>
        <source>Frames, {phase}</source>
        <translation>フレーム({phase})</translation>
    </message>
    <message>
        <source>No estimate. {reason}</source>
        <translation>推定不可。{reason}</translation>
    </message>
    <message>
        <source>No clip yet</source>
        <translation>動画はまだありません</translation>
    </message>
    <message>
        <source>A clip of the face in this phase gives the estimate.</source>
        <translation>この時点の顔の動画から推定します。</translation>
    </message>
    <message>
        <source>Add clip</source>
        <translation>動画を追加</translation>
    </message>
    <message>
        <source>Being analysed</source>
        <translation>解析中</translation>
    </message>
    <message>
        <source>No usable frame</source>
        <translation>使用できるフレームがありません</translation>
    </message>
    <message>
        <source>The faces appear here when it is done.</source>
        <translation>終わるとここに顔が表示されます。</translation>
    </message>
</context>
<context>
    <name>PairView</name>
    <message>
        <source>Aligned faces</source>
        <translation>位置を合わせた顔</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>並べて表示</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>交互表示</translation>
    </message>
    <message>
        <source>Faces before and after dialysis</source>
        <translation>透析前後の顔</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差分</translation>
    </message>
    <message>
        <source>Where it looked</source>
        <translation>着目箇所</translation>
    </message>
    <message>
        <source>← → frames · Space blinks</source>
        <translation>← → フレーム送り・スペースで交互表示</translation>
    </message>
    <message>
        <source>Esc: side by side</source>
        <translation>Esc: 並べて表示</translation>
    </message>
</context>
<context>
    <name>PassportDialog</name>
    <message>
        <source>Leave everything as it is</source>
        <translation>そのまま動かさずにお待ちください</translation>
    </message>
    <message>
        <source>Nobody need sit there.</source>
        <translation>誰も座っていなくて構いません。</translation>
    </message>
    <message>
        <source>Hold white paper into the middle</source>
        <translation>白い紙を画面の中央にかざしてください</translation>
    </message>
    <message>
        <source>A sheet at arm&apos;s length from the camera, until this text changes.</source>
        <translation>カメラから腕の長さほど離して、この表示が変わるまでかざしてください。</translation>
    </message>
    <message>
        <source>Take the paper away</source>
        <translation>紙を下げてください</translation>
    </message>
    <message>
        <source>Then leave everything again.</source>
        <translation>その後は再びそのままお待ちください。</translation>
    </message>
    <message>
        <source>The camera is being opened</source>
        <translation>カメラを開いています</translation>
    </message>
    <message>
        <source>A test of two minutes</source>
        <translation>2分間の検査</translation>
    </message>
    <message>
        <source>Put the camera where it will be used, switch on the usual lamps, and have a sheet of white paper at hand.</source>
        <translation>カメラを実際に使う場所に置き、普段の照明をつけ、白い紙を1枚用意してください。</translation>
    </message>
    <message>
        <source>Start the test</source>
        <translation>検査を始める</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Test of the camera: {name}</source>
        <translation>カメラの検査:{name}</translation>
    </message>
    <message>
        <source>Picture of the camera</source>
        <translation>カメラの映像</translation>
    </message>
</context>
<context>
    <name>PatientBanner</name>
    <message>
        <source>{age} years</source>
        <translation>{age}歳</translation>
    </message>
    <message>
        <source>Chart number</source>
        <translation>カルテ番号</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>生年月日</translation>
    </message>
    <message>
        <source>Bed</source>
        <translation>ベッド</translation>
    </message>
</context>
<context>
    <name>PatientChoice</name>
    <message>
        <source>All patients</source>
        <translation>全患者</translation>
    </message>
    <message>
        <source>Patient: name, kana or chart number</source>
        <translation>患者: 氏名・カナ・カルテ番号</translation>
    </message>
    <message>
        <source>Name, kana or chart number</source>
        <translation>氏名・カナ・カルテ番号</translation>
    </message>
</context>
<context>
    <name>PatientModelCard</name>
    <message>
        <source>Open the patient</source>
        <translation>患者を開く</translation>
    </message>
    <message>
        <source>Choose a patient.</source>
        <translation>患者を選んでください。</translation>
    </message>
    <message>
        <source>Mean error</source>
        <translation>平均誤差</translation>
    </message>
    <message>
        <source>Scale within the interval</source>
        <translation>区間に入った体重計の値</translation>
    </message>
    <message>
        <source>%, promised: 90 %</source>
        <translation>%(目標 90 %)</translation>
    </message>
    <message>
        <source>Estimates</source>
        <translation>推定数</translation>
    </message>
    <message>
        <source>There is no estimate yet. The first needs an earlier session with a capture and a weight.</source>
        <translation>まだ推定がありません。最初の推定には、撮影と体重のある以前の透析が必要です。</translation>
    </message>
    <message>
        <source>Captures refused</source>
        <translation>推定不可の撮影</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} ～ {last}</translation>
    </message>
    <message>
        <source>Rests on</source>
        <translation>もとにした撮影</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>期間</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基盤モデル</translation>
    </message>
    <message>
        <source>Carried over</source>
        <translation>適用の方法</translation>
    </message>
    <message>
        <source>Interval from</source>
        <translation>区間の根拠</translation>
    </message>
    <message>
        <source>Last made</source>
        <translation>最終作成</translation>
    </message>
    <message>
        <source>{count} captures of known weight, on {days} days</source>
        <translation>体重のわかる撮影{count}件({days}日)</translation>
    </message>
</context>
<context>
    <name>PatientModels</name>
    <message>
        <source>No patient has a network of their own: the model in use is carried over to each by the patient&apos;s own captures of known weight, anew with every weight. More sessions make it surer.</source>
        <translation>患者ごとのネットワークはありません。使用中のモデルを、体重のわかる患者自身の撮影で一人ひとりに合わせ、体重が入るたびに更新します。透析を重ねるほど確かになります。</translation>
    </message>
    <message>
        <source>Name, kana or chart number</source>
        <translation>氏名・カナ・カルテ番号</translation>
    </message>
    <message>
        <source>Search for a patient</source>
        <translation>患者を検索</translation>
    </message>
    <message>
        <source>Each patient&apos;s model</source>
        <translation>患者モデル</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>透析回数</translation>
    </message>
    <message>
        <source>Estimates</source>
        <translation>推定数</translation>
    </message>
    <message>
        <source>Mean error, kg</source>
        <translation>平均誤差(kg)</translation>
    </message>
    <message>
        <source>Error without camera, kg</source>
        <translation>カメラなしの誤差(kg)</translation>
    </message>
    <message>
        <source>Without camera: the mean error of the patient&apos;s usual value in that phase, on the same captures.</source>
        <translation>カメラなし: 同じ撮影について、その患者の普段の値(透析前・後別)を使った場合の平均誤差。</translation>
    </message>
</context>
<context>
    <name>PatientPage</name>
    <message>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>撮影</translation>
    </message>
    <message>
        <source>Record the face with a camera</source>
        <translation>カメラで顔を撮影します</translation>
    </message>
    <message>
        <source>Add weight</source>
        <translation>体重を入力</translation>
    </message>
    <message>
        <source>More</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>体重</translation>
    </message>
    <message>
        <source>These figures could not be fetched again and may be old.</source>
        <translation>最新の値を取得できませんでした。表示は古い可能性があります。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
</context>
<context>
    <name>PatientsPage</name>
    <message>
        <source>Patients</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>{count} in all</source>
        <translation>全 {count} 名</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>The patients cannot be shown</source>
        <translation>患者を表示できません</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>読み込み中…</translation>
    </message>
    <message>
        <source>Names, kana and chart numbers were searched, of everyone.</source>
        <translation>全患者の氏名・カナ・カルテ番号を検索しました。</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>該当なし</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>検索を解除</translation>
    </message>
    <message>
        <source>Add the first patient to begin.</source>
        <translation>最初の患者を登録してください。</translation>
    </message>
    <message>
        <source>No patients yet</source>
        <translation>患者がまだ登録されていません</translation>
    </message>
    <message>
        <source>Add patient</source>
        <translation>患者を登録</translation>
    </message>
    <message>
        <source>Name, kana or chart number</source>
        <translation>氏名・カナ・カルテ番号</translation>
    </message>
    <message>
        <source>Search for a patient</source>
        <translation>患者を検索</translation>
    </message>
</context>
<context>
    <name>PersonCard</name>
    <message>
        <source>Signing in</source>
        <translation>サインイン</translation>
    </message>
    <message>
        <source>You</source>
        <translation>あなた</translation>
    </message>
    <message>
        <source>Signed in as {name}: {roles}</source>
        <translation>{name}としてサインイン中:{roles}</translation>
    </message>
    <message>
        <source>Nobody has to sign in: whoever sits at this PC may see and do everything, and the key to the records lies on this PC. With the first administrator the records get a new key, which only a password or the recovery code opens.</source>
        <translation>サインインは不要な状態です。このPCの前にいる人は誰でもすべてを見て操作でき、記録の鍵もこのPCにあります。最初の管理者を登録すると記録は新しい鍵で守られ、パスワードか復旧コードでのみ開けます。</translation>
    </message>
    <message>
        <source>Make the first administrator…</source>
        <translation>最初の管理者を登録…</translation>
    </message>
    <message>
        <source>Change your password…</source>
        <translation>パスワードを変更…</translation>
    </message>
</context>
<context>
    <name>PersonMenu</name>
    <message>
        <source>{name} is signed in</source>
        <translation>{name} がサインインしています</translation>
    </message>
    <message>
        <source>Lock (Ctrl+L)</source>
        <translation>ロック(Ctrl+L)</translation>
    </message>
    <message>
        <source>Sign in as somebody else…</source>
        <translation>別の人でサインイン…</translation>
    </message>
</context>
<context>
    <name>PhaseBelief</name>
    <message>
        <source>Estimate</source>
        <translation>推定</translation>
    </message>
    <message>
        <source>Usual value</source>
        <translation>普段の値</translation>
    </message>
    <message>
        <source>{error} kg</source>
        <translation>{error} kg</translation>
    </message>
    <message>
        <source>Only one session so far: there is no usual value to compare with.</source>
        <translation>透析がまだ1回のため、比べられる普段の値がありません。</translation>
    </message>
    <message>
        <source>Closer than the usual value in {closer} of {count} sessions.</source>
        <translation>{count} 回中 {closer} 回、普段の値より体重計の値に近い推定でした。</translation>
    </message>
    <message>
        <source>On average it adds nothing to the usual value.</source>
        <translation>平均すると、普段の値より良いとは言えません。</translation>
    </message>
    <message>
        <source>So few sessions say little.</source>
        <translation>回数が少なく、まだ判断できません。</translation>
    </message>
</context>
<context>
    <name>RecordingPill</name>
    <message>
        <source>{what} {time} · {accepted} of {wanted} frames</source>
        <translation>{what} {time} · {accepted}/{wanted} フレーム</translation>
    </message>
</context>
<context>
    <name>RecoverPanel</name>
    <message>
        <source>Set the password</source>
        <translation>パスワードを設定</translation>
    </message>
    <message>
        <source>Open the records</source>
        <translation>記録を開く</translation>
    </message>
    <message>
        <source>Please wait…</source>
        <translation>お待ちください…</translation>
    </message>
    <message>
        <source>A new password</source>
        <translation>新しいパスワード</translation>
    </message>
    <message>
        <source>For an administrator, who can then give the others theirs. The code used now is of no use afterwards: a new one follows.</source>
        <translation>管理者のパスワードです。ほかの利用者のパスワードは管理者が設定できます。今使ったコードは無効になり、続けて新しいコードが表示されます。</translation>
    </message>
    <message>
        <source>The recovery code</source>
        <translation>復旧コード</translation>
    </message>
    <message>
        <source>Seven groups of five characters, on the paper printed when the first administrator was made. That it is used is kept on record.</source>
        <translation>最初の管理者を登録したときに印刷した紙にある、5文字×7組のコードです。使用したことは記録に残ります。</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>復旧コード</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>管理者</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
</context>
<context>
    <name>RecoveryCodePanel</name>
    <message>
        <source>EdemaDesk: recovery code</source>
        <translation>EdemaDesk:復旧コード</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>コピーしました</translation>
    </message>
    <message>
        <source>The recovery code</source>
        <translation>復旧コード</translation>
    </message>
    <message>
        <source>It opens the records when nobody knows a password any more, on this PC or from a backup on another one. It is shown only now: print it, or write it down.</source>
        <translation>だれもパスワードがわからなくなったときに、このPCまたは別のPCのバックアップから記録を開くコードです。表示されるのは今だけです。印刷するか書き留めてください。</translation>
    </message>
    <message>
        <source>Keep it in a closed place outside this PC. Without a password and without this code nobody can open the records, not even who made the program.</source>
        <translation>このPCとは別の、鍵のかかる場所に保管してください。パスワードもこのコードもなければ、プログラムの作成者を含めてだれも記録を開けません。</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>印刷…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Its last five characters, from the paper</source>
        <translation>紙に書かれた最後の5文字</translation>
    </message>
    <message>
        <source>I have it on paper</source>
        <translation>紙に控えました</translation>
    </message>
</context>
<context>
    <name>ReestimateSheet</name>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Estimate again</source>
        <translation>推定し直す</translation>
    </message>
    <message>
        <source>Estimate stored captures again</source>
        <translation>保存済みの撮影を推定し直す</translation>
    </message>
    <message>
        <source>Every capture whose estimate is another model&apos;s is estimated by {name}, from its stored faces. The new estimates count from then on; the earlier ones stay readable.</source>
        <translation>ほかのモデルで推定された撮影を、保存済みの顔画像から {name} で推定し直します。以後は新しい推定が有効になり、以前の推定も見られます。</translation>
    </message>
    <message>
        <source>{captures} captures were estimated again. {without} could not be: their faces are no longer kept.</source>
        <translation>撮影{captures}件を推定し直しました。{without}件は顔画像が残っていないためできませんでした。</translation>
    </message>
    <message>
        <source>Stopped. What was estimated so far stays.</source>
        <translation>止めました。ここまでの推定は残ります。</translation>
    </message>
</context>
<context>
    <name>RemoveCaptureDialog</name>
    <message>
        <source>The capture is back.</source>
        <translation>記録を元に戻しました。</translation>
    </message>
    <message>
        <source>The capture was deleted.</source>
        <translation>記録を削除しました。</translation>
    </message>
    <message>
        <source>Take back a deleted capture</source>
        <translation>削除した記録を元に戻す</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>It counts again as before.</source>
        <translation>以前と同じように再び使われます。</translation>
    </message>
    <message>
        <source>Delete this capture</source>
        <translation>この記録を削除</translation>
    </message>
    <message>
        <source>Delete it</source>
        <translation>削除する</translation>
    </message>
    <message>
        <source>It counts no more from now on, and estimates that rest on it are made anew. For {days} days it can be taken back; then its clip and faces are destroyed. That it was there, who deleted it and why stays on record.</source>
        <translation>今後は使われず、これをもとにした推定はやり直されます。{days}日間は元に戻せます。その後、動画と顔画像は破棄されます。記録があったこと、削除した人と理由は残ります。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
</context>
<context>
    <name>RemoveModelSheet</name>
    <message>
        <source>{name} was removed.</source>
        <translation>{name} を削除しました。</translation>
    </message>
    <message>
        <source>Remove this model?</source>
        <translation>このモデルを削除しますか</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>The files of {name} are removed from this PC. Its {count} estimates in force and what is known of it stay. To use it again, it has to be installed again.</source>
        <translation>{name} のファイルをこの PC から削除します。有効な推定{count}件とモデルの記録は残ります。もう一度使うには導入し直す必要があります。</translation>
    </message>
</context>
<context>
    <name>RemovedCard</name>
    <message>
        <source>Deleted captures</source>
        <translation>削除した記録</translation>
    </message>
    <message>
        <source>Clip and faces are destroyed.</source>
        <translation>動画と顔画像は破棄されました。</translation>
    </message>
    <message>
        <source>Take it back…</source>
        <translation>元に戻す…</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>Agreement report</source>
        <translation>一致度レポート</translation>
    </message>
    <message>
        <source>Estimate against scale</source>
        <translation>推定と体重計</translation>
    </message>
    <message>
        <source>All patients</source>
        <translation>全患者</translation>
    </message>
    <message>
        <source>all cameras</source>
        <translation>全カメラ</translation>
    </message>
    <message>
        <source>model {model}</source>
        <translation>モデル {model}</translation>
    </message>
    <message>
        <source>all models</source>
        <translation>全モデル</translation>
    </message>
    <message>
        <source>{value} kg</source>
        <translation>{value} kg</translation>
    </message>
    <message>
        <source>usual value {error}</source>
        <translation>普段の値 {error}</translation>
    </message>
    <message>
        <source>How far it is off (Bland-Altman)</source>
        <translation>どれだけ外れるか(Bland-Altman)</translation>
    </message>
    <message>
        <source>What more sessions bring</source>
        <translation>透析を重ねた効果</translation>
    </message>
    <message>
        <source>Mean error</source>
        <translation>平均誤差</translation>
    </message>
    <message>
        <source>Mean error of the change</source>
        <translation>変化の平均誤差</translation>
    </message>
    <message>
        <source>Concordance of the change (Lin)</source>
        <translation>変化の一致度(Lin)</translation>
    </message>
    <message>
        <source>Before or after told right</source>
        <translation>透析前後の判別正答</translation>
    </message>
    <message>
        <source>the commoner call alone: {share}</source>
        <translation>多いほうだけの判定: {share}</translation>
    </message>
    <message>
        <source>Scale within the interval</source>
        <translation>区間に入った体重計の値</translation>
    </message>
    <message>
        <source>promised: 90 %</source>
        <translation>目標: 90 %</translation>
    </message>
    <message>
        <source>Estimate less scale, on average</source>
        <translation>推定 − 体重計の平均</translation>
    </message>
    <message>
        <source>Upper limit of agreement</source>
        <translation>一致限界の上限</translation>
    </message>
    <message>
        <source>Lower limit of agreement</source>
        <translation>一致限界の下限</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>数値</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>値</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区間</translation>
    </message>
    <message>
        <source>Beside it</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Against guesses without a camera</source>
        <translation>カメラを使わない予想との比較</translation>
    </message>
    <message>
        <source>{other} kg off, the estimate {error} kg ({count} captures)</source>
        <translation>差 {other} kg、推定は {error} kg({count} 件)</translation>
    </message>
    <message>
        <source>Patient report</source>
        <translation>患者レポート</translation>
    </message>
    <message>
        <source>Dry-weight review sheet</source>
        <translation>ドライウェイト検討シート</translation>
    </message>
    <message>
        <source>Chart number {number}</source>
        <translation>カルテ番号 {number}</translation>
    </message>
    <message>
        <source>Born {day}</source>
        <translation>生年月日 {day}</translation>
    </message>
    <message>
        <source>Under a study code</source>
        <translation>研究用コードで表示</translation>
    </message>
    <message>
        <source>All days</source>
        <translation>全期間</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} ～ {last}</translation>
    </message>
    <message>
        <source>{count} in all</source>
        <translation>全 {count} 件</translation>
    </message>
    <message>
        <source>{count} without an estimate ({reasons})</source>
        <translation>推定不可 {count} 件({reasons})</translation>
    </message>
    <message>
        <source>{count} cut short</source>
        <translation>途中まで {count} 件</translation>
    </message>
    <message>
        <source>No model made an estimate here.</source>
        <translation>ここにはモデルによる推定がありません。</translation>
    </message>
    <message>
        <source>Model {model}; its card is not on this PC.</source>
        <translation>モデル {model}(カードはこのPCにありません)。</translation>
    </message>
    <message>
        <source>Model {model}, trained on made-up swelling ({people} faces, {captures} captures).</source>
        <translation>モデル {model}:合成したむくみで学習({people} 人の顔、{captures} 件)。</translation>
    </message>
    <message>
        <source>Model {model}, trained on {people} people ({captures} captures).</source>
        <translation>モデル {model}:{people} 人({captures} 件)で学習。</translation>
    </message>
    <message>
        <source>Made {moment} by EdemaDesk {version}. It states facts; what to do about them it leaves to you.</source>
        <translation>{moment} EdemaDesk {version} で作成。事実のみを示し、対応の判断は読む方に委ねます。</translation>
    </message>
    <message>
        <source>Excess fluid above dry weight</source>
        <translation>ドライウェイトに対する余剰体液量</translation>
    </message>
    <message>
        <source>Neither a weight nor a capture in these days</source>
        <translation>この期間には体重も撮影もありません</translation>
    </message>
    <message>
        <source>How far to believe it</source>
        <translation>推定の確からしさ</translation>
    </message>
    <message>
        <source>There is no estimate beside a scale weight in these days.</source>
        <translation>この期間には、体重と比べられる推定がありません。</translation>
    </message>
    <message>
        <source>Mean distance from the scale. The usual value is the mean of the patient&apos;s other sessions.</source>
        <translation>体重計との差の平均です。普段の値は、この患者のほかの透析の平均です。</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>推定</translation>
    </message>
    <message>
        <source>Usual value</source>
        <translation>普段の値</translation>
    </message>
    <message>
        <source>{error} kg</source>
        <translation>{error} kg</translation>
    </message>
    <message>
        <source>Only one session: there is no usual value to compare with.</source>
        <translation>透析が1回だけなので、比べる普段の値がありません。</translation>
    </message>
    <message>
        <source>Closer than the usual value in {closer} of {count} sessions.</source>
        <translation>{count} 回の透析のうち {closer} 回で、普段の値より体重計に近い値でした。</translation>
    </message>
    <message>
        <source>On average it adds nothing to the usual value.</source>
        <translation>平均すると、普段の値を上回る情報はありません。</translation>
    </message>
    <message>
        <source>So few sessions say little.</source>
        <translation>透析の回数が少ないため、確かなことは言えません。</translation>
    </message>
    <message>
        <source>Agreement of this patient</source>
        <translation>この患者の一致度</translation>
    </message>
    <message>
        <source>95 % of differences lie between</source>
        <translation>差の 95 % が入る範囲</translation>
    </message>
    <message>
        <source>Captures</source>
        <translation>撮影</translation>
    </message>
    <message>
        <source>95 % interval {between}</source>
        <translation>95 % 区間 {between}</translation>
    </message>
    <message>
        <source>Four weeks: {period}</source>
        <translation>4週間:{period}</translation>
    </message>
    <message>
        <source>Excess fluid above dry weight, the last 90 days</source>
        <translation>ドライウェイトに対する余剰体液量(直近90日)</translation>
    </message>
    <message>
        <source>Dry weight</source>
        <translation>ドライウェイト</translation>
    </message>
    <message>
        <source>No dry weight was ever entered.</source>
        <translation>ドライウェイトはまだ入力されていません。</translation>
    </message>
    <message>
        <source>{count} earlier ones are not shown</source>
        <translation>これより前の {count} 件は省略</translation>
    </message>
    <message>
        <source>from {day}</source>
        <translation>{day} から</translation>
    </message>
    <message>
        <source>In these four weeks</source>
        <translation>この4週間</translation>
    </message>
    <message>
        <source>Share without an estimate: {share}</source>
        <translation>推定不可の割合:{share}</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>透析</translation>
    </message>
    <message>
        <source>Gain between sessions (kg)</source>
        <translation>透析間体重増加(kg)</translation>
    </message>
    <message>
        <source>Gain (% of dry weight)</source>
        <translation>体重増加(DW比 %)</translation>
    </message>
    <message>
        <source>UF rate (mL/kg/h)</source>
        <translation>除水速度(mL/kg/h)</translation>
    </message>
    <message>
        <source>Excess after dialysis, scale (kg)</source>
        <translation>透析後の余剰・体重計(kg)</translation>
    </message>
    <message>
        <source>Excess after dialysis, estimate (kg)</source>
        <translation>透析後の余剰・推定(kg)</translation>
    </message>
    <message>
        <source>{mean} ({low} to {high})</source>
        <translation>{mean}({low} ～ {high})</translation>
    </message>
    <message>
        <source>above {limit} {unit} in {over} of {count}</source>
        <translation>{count} 回中 {over} 回が {limit} {unit} を超過</translation>
    </message>
    <message>
        <source>How far to believe the estimate in this patient</source>
        <translation>この患者での推定の確からしさ</translation>
    </message>
    <message>
        <source>Before and after dialysis together: {verdict}.</source>
        <translation>透析前と透析後を合わせて:{verdict}。</translation>
    </message>
    <message>
        <source>No estimate after dialysis has a scale weight beside it yet.</source>
        <translation>透析後の推定のうち、体重と比べられるものはまだありません。</translation>
    </message>
    <message>
        <source>After dialysis it lies {error} kg from the scale on average, over all {count} sessions.</source>
        <translation>透析後の推定は、全 {count} 回の透析で平均 {error} kg 体重計から離れています。</translation>
    </message>
    <message>
        <source>The usual value lies {error} kg from it.</source>
        <translation>普段の値との差は {error} kg です。</translation>
    </message>
    <message>
        <source>No lasting deviation from the scale was noticed.</source>
        <translation>体重計からの持続的なずれは認められていません。</translation>
    </message>
    <message>
        <source>Since {day} the estimates have lain above the scale, by {off} kg on average.</source>
        <translation>{day} から、推定は体重計より平均 {off} kg 高い値が続いています。</translation>
    </message>
    <message>
        <source>Since {day} the estimates have lain below the scale, by {off} kg on average.</source>
        <translation>{day} から、推定は体重計より平均 {off} kg 低い値が続いています。</translation>
    </message>
    <message>
        <source>Notes of these weeks</source>
        <translation>この4週間のメモ</translation>
    </message>
    <message>
        <source>{shown} of {count} notes, newest first</source>
        <translation>メモ {count} 件中 {shown} 件(新しい順)</translation>
    </message>
    <message>
        <source>Written at the round</source>
        <translation>回診時の記入欄</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日付</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>氏名</translation>
    </message>
    <message>
        <source>Weight
before</source>
        <translation>体重
透析前</translation>
    </message>
    <message>
        <source>Weight
after</source>
        <translation>体重
透析後</translation>
    </message>
    <message>
        <source>Excess before,
scale</source>
        <translation>透析前余剰
体重計</translation>
    </message>
    <message>
        <source>Excess before,
estimate</source>
        <translation>透析前余剰
推定</translation>
    </message>
    <message>
        <source>Excess after,
scale</source>
        <translation>透析後余剰
体重計</translation>
    </message>
    <message>
        <source>Excess after,
estimate</source>
        <translation>透析後余剰
推定</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>増加</translation>
    </message>
    <message>
        <source>Gain (% of
dry weight)</source>
        <translation>増加
(DW比 %)</translation>
    </message>
    <message>
        <source>UF rate
(mL/kg/h)</source>
        <translation>除水速度
(mL/kg/h)</translation>
    </message>
    <message>
        <source>Dry
weight</source>
        <translation>DW</translation>
    </message>
    <message>
        <source>In kg where nothing else is said. {mark}: above {percent} % or {rate} mL/kg/h, the limits of the settings</source>
        <translation>単位の記載がないものは kg。{mark}:設定の基準 {percent} % または {rate} mL/kg/h を超過</translation>
    </message>
    <message>
        <source>{shown} of {count} sessions, newest first</source>
        <translation>透析 {count} 回中 {shown} 回(新しい順)</translation>
    </message>
    <message>
        <source>No session in these days</source>
        <translation>この期間の透析はありません</translation>
    </message>
</context>
<context>
    <name>ReportChoice</name>
    <message>
        <source>As chosen on the page</source>
        <translation>画面で選んだとおり</translation>
    </message>
    <message>
        <source>This patient</source>
        <translation>この患者</translation>
    </message>
    <message>
        <source>Everybody who comes</source>
        <translation>通院中の全患者</translation>
    </message>
    <message>
        <source>All patients</source>
        <translation>全患者</translation>
    </message>
    <message>
        <source>Four weeks up to</source>
        <translation>この日までの4週間</translation>
    </message>
    <message>
        <source>To</source>
        <translation>まで</translation>
    </message>
    <message>
        <source>The days are out of order.</source>
        <translation>日付の順序が逆です。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>レポート</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>期間</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Under</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>Dry-weight review</source>
        <translation>ドライウェイト検討</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>一致度</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90日</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>1年</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>全期間</translation>
    </message>
    <message>
        <source>From – to</source>
        <translation>期間を指定</translation>
    </message>
    <message>
        <source>The name</source>
        <translation>氏名</translation>
    </message>
    <message>
        <source>A code</source>
        <translation>コード</translation>
    </message>
    <message>
        <source>Of whom</source>
        <translation>対象</translation>
    </message>
    <message>
        <source>From</source>
        <translation>から</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy/MM/dd</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Save the report as PDF</source>
        <translation>レポートをPDFとして保存</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>The report went to the printer, and is on record.</source>
        <translation>レポートを印刷し、記録に残しました。</translation>
    </message>
    <message>
        <source>The report is saved, and on record.</source>
        <translation>レポートを保存し、記録に残しました。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1ページ</translation>
    </message>
    <message>
        <source>{count} pages</source>
        <translation>{count} ページ</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>レポート</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>PDFとして保存…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>印刷…</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>拡大</translation>
    </message>
    <message>
        <source>Open the PDF</source>
        <translation>PDFを開く</translation>
    </message>
    <message>
        <source>How the first page will look</source>
        <translation>1ページ目の見本</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>Choose the backup folder</source>
        <translation>バックアップフォルダを選ぶ</translation>
    </message>
    <message>
        <source>The newest that is whole</source>
        <translation>壊れていない最新のもの</translation>
    </message>
    <message>
        <source>The records are back</source>
        <translation>記録が戻りました</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>It is {age} old: what was entered after it will be missing. Clips that are still on this PC stay. The damaged file is set aside, and nothing is deleted.</source>
        <translation>{age}前のものです。その後の入力は含まれません。このPCに残っている動画はそのままです。壊れたファイルは別に取っておき、何も削除しません。</translation>
    </message>
    <message>
        <source>Restore from a backup</source>
        <translation>バックアップから復元</translation>
    </message>
    <message>
        <source>The records can be brought back from a backup.</source>
        <translation>記録をバックアップから戻せます。</translation>
    </message>
    <message>
        <source>Backup folder</source>
        <translation>バックアップフォルダ</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選ぶ…</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>バックアップ</translation>
    </message>
    <message>
        <source>Who are you?</source>
        <translation>本人確認の方法</translation>
    </message>
    <message>
        <source>Login and password</source>
        <translation>ログイン名とパスワード</translation>
    </message>
    <message>
        <source>The recovery code</source>
        <translation>復旧コード</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>ログイン名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>パスワード</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>復旧コード</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>復元</translation>
    </message>
</context>
<context>
    <name>RetentionCard</name>
    <message>
        <source>{count} patients were last treated so long ago that their records go:</source>
        <translation>最後の透析から保存期間が過ぎたため、次の {count} 名の記録を消去します:</translation>
    </message>
    <message>
        <source>{name} ({number}) from {day}</source>
        <translation>{name}({number}):{day} 以降</translation>
    </message>
    <message>
        <source>How long things are kept</source>
        <translation>保存期間</translation>
    </message>
    <message>
        <source>Whole recordings are kept for</source>
        <translation>動画全体の保存期間</translation>
    </message>
    <message>
        <source>days; the pictures of the face stay</source>
        <translation>日(お顔の画像は残ります)</translation>
    </message>
    <message>
        <source>Pictures, weights and estimates are kept for</source>
        <translation>画像、体重、推定の保存期間</translation>
    </message>
    <message>
        <source>years after a patient&apos;s last session</source>
        <translation>年(最後の透析から)</translation>
    </message>
    <message>
        <source>The program removes what is over by itself, once a day, and each removal is on record. A patient&apos;s records go 30 days after it was announced here; choose more years to keep them. What is on record in the clinic&apos;s own chart is not touched. Clips are erased by destroying their keys: overwriting files on an SSD proves nothing.</source>
        <translation>期間を過ぎたものは1日1回自動で消去し、そのつど記録に残します。患者の記録は、ここに予告してから30日後に消去します。残すには年数を増やしてください。院内のカルテの記録には影響しません。動画は鍵を破棄することで消去します。SSDではファイルを上書きしても消去の証明になりません。</translation>
    </message>
</context>
<context>
    <name>RowMenu</name>
    <message>
        <source>Due today, too</source>
        <translation>今日も予定に加える</translation>
    </message>
    <message>
        <source>Due on this day, too</source>
        <translation>この日も予定に加える</translation>
    </message>
    <message>
        <source>Away today…</source>
        <translation>今日は休み…</translation>
    </message>
    <message>
        <source>Away on this day…</source>
        <translation>この日は休み…</translation>
    </message>
    <message>
        <source>Open patient</source>
        <translation>患者を開く</translation>
    </message>
    <message>
        <source>Record before dialysis</source>
        <translation>透析前を撮影</translation>
    </message>
    <message>
        <source>Record after dialysis</source>
        <translation>透析後を撮影</translation>
    </message>
    <message>
        <source>Weight before dialysis…</source>
        <translation>透析前体重…</translation>
    </message>
    <message>
        <source>Weight after dialysis…</source>
        <translation>透析後体重…</translation>
    </message>
    <message>
        <source>Add a clip file, before dialysis…</source>
        <translation>透析前の動画ファイルを追加…</translation>
    </message>
    <message>
        <source>Add a clip file, after dialysis…</source>
        <translation>透析後の動画ファイルを追加…</translation>
    </message>
    <message>
        <source>As scheduled again</source>
        <translation>予定どおりに戻す</translation>
    </message>
    <message>
        <source>Days, shift and bed…</source>
        <translation>曜日・クール・ベッド…</translation>
    </message>
</context>
<context>
    <name>ScatterCard</name>
    <message>
        <source>Estimate against scale</source>
        <translation>推定と体重計</translation>
    </message>
    <message>
        <source>A click on a capture opens the patient; Left and Right read captures out.</source>
        <translation>撮影をクリックすると患者が開きます。左右キーで読み上げます。</translation>
    </message>
</context>
<context>
    <name>ScatterPlot</name>
    <message>
        <source>Excess by the scale, kg</source>
        <translation>体重計による余剰 kg</translation>
    </message>
    <message>
        <source>Estimate, kg</source>
        <translation>推定 kg</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>Estimate against scale</source>
        <translation>推定と体重計</translation>
    </message>
</context>
<context>
    <name>ScheduleDialog</name>
    <message>
        <source>The schedule was changed.</source>
        <translation>予定を変更しました。</translation>
    </message>
    <message>
        <source>Days and shift</source>
        <translation>曜日とクール</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>ScheduleFields</name>
    <message>
        <source>Bed</source>
        <translation>ベッド</translation>
    </message>
    <message>
        <source>Usual hours</source>
        <translation>通常の透析時間</translation>
    </message>
    <message>
        <source>Days of dialysis</source>
        <translation>透析の曜日</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>クール</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Weight</source>
        <translation>体重</translation>
    </message>
    <message>
        <source>Dry weight</source>
        <translation>ドライウェイト</translation>
    </message>
    <message>
        <source>Scale excess</source>
        <translation>余剰(体重計)</translation>
    </message>
    <message>
        <source>Estimate, {model}</source>
        <translation>推定({model})</translation>
    </message>
    <message>
        <source>Face as</source>
        <translation>近い顔(確率)</translation>
    </message>
    <message>
        <source>Estimate minus scale</source>
        <translation>推定 − 体重計</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>全フレーム</translation>
    </message>
    <message>
        <source>With a face</source>
        <translation>顔あり</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>完全</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>録画</translation>
    </message>
    <message>
        <source>– {reason}</source>
        <translation>– {reason}</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>鮮明さ</translation>
    </message>
    <message>
        <source>Turned to the side (°)</source>
        <translation>左右の向き(°)</translation>
    </message>
    <message>
        <source>Up or down (°)</source>
        <translation>上下の向き(°)</translation>
    </message>
    <message>
        <source>Tilted (°)</source>
        <translation>傾き(°)</translation>
    </message>
    <message>
        <source>Even light</source>
        <translation>光の均一さ</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>明るさ</translation>
    </message>
    <message>
        <source>Not too dark</source>
        <translation>暗すぎない</translation>
    </message>
    <message>
        <source>Not too bright</source>
        <translation>明るすぎない</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>コントラスト</translation>
    </message>
    <message>
        <source>Between the eyes (px)</source>
        <translation>両眼の間隔(px)</translation>
    </message>
    <message>
        <source>One face alone</source>
        <translation>顔が1つだけ</translation>
    </message>
    <message>
        <source>Whole face in the picture</source>
        <translation>顔全体が画面内</translation>
    </message>
    <message>
        <source>Certainly a face</source>
        <translation>顔の確からしさ</translation>
    </message>
    <message>
        <source>Eyes open</source>
        <translation>目の開き</translation>
    </message>
    <message>
        <source>Mouth closed</source>
        <translation>口の閉じ</translation>
    </message>
    <message>
        <source>Calm expression</source>
        <translation>表情の落ち着き</translation>
    </message>
    <message>
        <source>before, {percent} %</source>
        <translation>透析前 {percent} %</translation>
    </message>
    <message>
        <source>after, {percent} %</source>
        <translation>透析後 {percent} %</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>透析前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>透析後</translation>
    </message>
</context>
<context>
    <name>SessionChoice</name>
    <message>
        <source>A new session</source>
        <translation>新しい透析</translation>
    </message>
    <message>
        <source>Which session does this belong to?</source>
        <translation>どの透析に属しますか?</translation>
    </message>
    <message>
        <source>No session is open for this. Shall one be opened?</source>
        <translation>該当する透析がありません。新しく開始しますか?</translation>
    </message>
    <message>
        <source>Opens a new session.</source>
        <translation>新しい透析を開始します。</translation>
    </message>
    <message>
        <source>The session shown before</source>
        <translation>前に表示した透析</translation>
    </message>
    <message>
        <source>Session of {day}, opened {time}</source>
        <translation>{day} の透析({time} 開始)</translation>
    </message>
</context>
<context>
    <name>SessionPage</name>
    <message>
        <source>Session</source>
        <translation>透析</translation>
    </message>
    <message>
        <source>To the patient</source>
        <translation>患者へ</translation>
    </message>
    <message>
        <source>Weight and estimate, kg</source>
        <translation>体重と推定(kg)</translation>
    </message>
    <message>
        <source>Frames of the clips</source>
        <translation>動画のフレーム</translation>
    </message>
    <message>
        <source>Correct before</source>
        <translation>透析前を訂正</translation>
    </message>
    <message>
        <source>Weight before</source>
        <translation>透析前体重</translation>
    </message>
    <message>
        <source>Correct after</source>
        <translation>透析後を訂正</translation>
    </message>
    <message>
        <source>Weight after</source>
        <translation>透析後体重</translation>
    </message>
    <message>
        <source>0 is useless and 100 ideal where no unit is given.</source>
        <translation>単位のない値は、0 が使用不可、100 が理想です。</translation>
    </message>
    <message>
        <source>Scores of the frames shown</source>
        <translation>表示中のフレームの評価</translation>
    </message>
    <message>
        <source>This session could not be fetched again and may be old.</source>
        <translation>最新の内容を取得できませんでした。表示は古い可能性があります。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
</context>
<context>
    <name>SessionStrip</name>
    <message>
        <source>Gain since the session before</source>
        <translation>前回透析後からの増加</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>透析間隔</translation>
    </message>
    <message>
        <source>Estimate against scale</source>
        <translation>推定と体重計の差</translation>
    </message>
    <message>
        <source>UF rate</source>
        <translation>除水速度</translation>
    </message>
    <message>
        <source>no session yet</source>
        <translation>透析の記録なし</translation>
    </message>
    <message>
        <source>no estimate yet</source>
        <translation>推定なし</translation>
    </message>
    <message>
        <source>mean of {count} before dialysis</source>
        <translation>透析前 {count} 回の平均</translation>
    </message>
    <message>
        <source>kg</source>
        <translation>kg</translation>
    </message>
    <message>
        <source>needs both weights</source>
        <translation>前後の体重が必要です</translation>
    </message>
    <message>
        <source>{mark} {percent} % of dry weight, over {limit}</source>
        <translation>{mark} ドライウェイトの {percent} %、{limit} % 超</translation>
    </message>
    <message>
        <source>{percent} % of dry weight</source>
        <translation>ドライウェイトの {percent} %</translation>
    </message>
    <message>
        <source>Planned UF rate</source>
        <translation>予定時間での除水速度</translation>
    </message>
    <message>
        <source>no planned hours</source>
        <translation>予定時間が未登録</translation>
    </message>
    <message>
        <source>in {hours} h · {mark} over {limit}</source>
        <translation>{hours} 時間・{mark} {limit} 超</translation>
    </message>
    <message>
        <source>in {hours} h · limit {limit}</source>
        <translation>{hours} 時間・上限 {limit}</translation>
    </message>
    <message>
        <source>mL/kg/h</source>
        <translation>mL/kg/h</translation>
    </message>
    <message>
        <source>no session before</source>
        <translation>前回の透析なし</translation>
    </message>
    <message>
        <source>day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>days</source>
        <translation>日</translation>
    </message>
    <message>
        <source>before {date}</source>
        <translation>{date} まで</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Only an administrator sees and changes the rest of this section.</source>
        <translation>この項目の残りは管理者だけが表示・変更できます。</translation>
    </message>
    <message>
        <source>Appearance and language</source>
        <translation>表示と言語</translation>
    </message>
    <message>
        <source>This clinic</source>
        <translation>この施設</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>ユーザー</translation>
    </message>
    <message>
        <source>Camera and sound</source>
        <translation>カメラと音声</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>バックアップ</translation>
    </message>
    <message>
        <source>Consent and retention</source>
        <translation>同意と保存期間</translation>
    </message>
    <message>
        <source>Record of acts</source>
        <translation>操作記録</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>ネットワーク</translation>
    </message>
    <message>
        <source>Sections of the settings</source>
        <translation>設定の項目</translation>
    </message>
    <message>
        <source>About</source>
        <translation>このプログラムについて</translation>
    </message>
</context>
<context>
    <name>ShareBar</name>
    <message>
        <source>Progress</source>
        <translation>進み具合</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>ShutOutDialog</name>
    <message>
        <source>{name} is shut out.</source>
        <translation>{name}さんの利用を停止しました。</translation>
    </message>
    <message>
        <source>Shut {name} out?</source>
        <translation>{name}さんの利用を停止しますか?</translation>
    </message>
    <message>
        <source>Shut out</source>
        <translation>停止する</translation>
    </message>
    <message>
        <source>They cannot sign in any more. What they did stays on record under their name, and they can be let in again with a new password.</source>
        <translation>以後サインインできなくなります。行った操作は名前とともに記録に残り、新しいパスワードで再開できます。</translation>
    </message>
</context>
<context>
    <name>SignInForm</name>
    <message>
        <source>Too many wrong tries. Try again in {seconds} s.</source>
        <translation>間違いが続きました。{seconds}秒後にもう一度お試しください。</translation>
    </message>
    <message>
        <source>Name to sign in with</source>
        <translation>サインインの名前</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>パスワード</translation>
    </message>
    <message>
        <source>Capitals are locked</source>
        <translation>Caps Lockがオンです</translation>
    </message>
</context>
<context>
    <name>SignInPanel</name>
    <message>
        <source>Sign in</source>
        <translation>サインイン</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>開いています…</translation>
    </message>
    <message>
        <source>Password lost?</source>
        <translation>パスワードがわからないとき</translation>
    </message>
</context>
<context>
    <name>SignersSheet</name>
    <message>
        <source>Choose a public key</source>
        <translation>公開鍵を選択</translation>
    </message>
    <message>
        <source>Trusted signers of models</source>
        <translation>信頼するモデル署名者</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>As long as no key is trusted, packages without a signature can be installed, and none is called signed. From the first trusted key on only packages signed with one of these keys can be. Models trained here need none.</source>
        <translation>信頼する鍵がない間は、署名のないパッケージも導入でき、署名済みとは表示しません。鍵を一つでも信頼すると、その鍵で署名されたパッケージだけを導入できます。ここで学習したモデルに署名は不要です。</translation>
    </message>
    <message>
        <source>Trusted keys</source>
        <translation>信頼する鍵</translation>
    </message>
    <message>
        <source>Trust a key…</source>
        <translation>鍵を信頼する…</translation>
    </message>
    <message>
        <source>Trust it no more</source>
        <translation>信頼をやめる</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Nobody signs in here</source>
        <translation>サインインなしで使用中</translation>
    </message>
    <message>
        <source>Make the first administrator</source>
        <translation>最初の管理者を登録</translation>
    </message>
    <message>
        <source>{count} before done</source>
        <translation>透析前 済{count}</translation>
    </message>
    <message>
        <source>{count} after done</source>
        <translation>透析後 済{count}</translation>
    </message>
    <message>
        <source>No network in use</source>
        <translation>ネットワーク不使用</translation>
    </message>
    <message>
        <source>In use: the network camera {host}</source>
        <translation>使用中: ネットワークカメラ {host}</translation>
    </message>
    <message>
        <source>The clock is {minutes} min behind the last entry. Check it</source>
        <translation>時計が最後の入力より{minutes}分遅れています。確認してください</translation>
    </message>
    <message>
        <source>The clock was set forward by {minutes} min. Check it</source>
        <translation>時計が{minutes}分進められました。確認してください</translation>
    </message>
    <message>
        <source>The clock was set back by {minutes} min. Check it</source>
        <translation>時計が{minutes}分戻されました。確認してください</translation>
    </message>
    <message>
        <source>The database is damaged: close EdemaDesk and open it again</source>
        <translation>データベースが壊れています。EdemaDesk を閉じて、もう一度開いてください</translation>
    </message>
    <message>
        <source>The record of acts is not whole: see the settings</source>
        <translation>操作記録に異常があります。設定を見てください</translation>
    </message>
    <message>
        <source>Damaged clips: {count}. Run edema-desk doctor</source>
        <translation>破損した動画: {count}件。edema-desk doctorを実行してください</translation>
    </message>
    <message>
        <source>1 patient</source>
        <translation>患者1名</translation>
    </message>
    <message>
        <source>{count} patients</source>
        <translation>患者{count}名</translation>
    </message>
    <message>
        <source>1 needs attention</source>
        <translation>要確認1</translation>
    </message>
    <message>
        <source>{count} need attention</source>
        <translation>要確認{count}</translation>
    </message>
</context>
<context>
    <name>TareFields</name>
    <message>
        <source>As the last time · {weight} kg</source>
        <translation>前回と同じ · {weight} kg</translation>
    </message>
    <message>
        <source>No wheelchair</source>
        <translation>車椅子なし</translation>
    </message>
    <message>
        <source>The clinic&apos;s wheelchairs…</source>
        <translation>施設の車椅子…</translation>
    </message>
    <message>
        <source>Wheelchair, kg</source>
        <translation>車椅子(kg)</translation>
    </message>
    <message>
        <source>Clothes, kg</source>
        <translation>衣服(kg)</translation>
    </message>
    <message>
        <source>Hours planned</source>
        <translation>予定時間</translation>
    </message>
    <message>
        <source>Choose a wheelchair</source>
        <translation>車椅子を選ぶ</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>Today</source>
        <translation>本日</translation>
    </message>
    <message>
        <source>Worklist</source>
        <translation>ワークリスト</translation>
    </message>
    <message>
        <source>The worklist cannot be shown</source>
        <translation>ワークリストを表示できません</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>読み込み中…</translation>
    </message>
    <message>
        <source>Add the first patient here. To look around with made-up people first, run the command edema-desk demo.</source>
        <translation>ここで最初の患者を登録してください。架空の人物で試すには、コマンド edema-desk demo を実行してください。</translation>
    </message>
    <message>
        <source>No patients yet</source>
        <translation>患者がまだ登録されていません</translation>
    </message>
    <message>
        <source>Add patient</source>
        <translation>患者を登録</translation>
    </message>
    <message>
        <source>Shift {number} of {count}</source>
        <translation>{number}クール(全{count}クール)</translation>
    </message>
    <message>
        <source>Nobody has the chart number {number}. Was this the right band?</source>
        <translation>カルテ番号 {number} の患者はいません。リストバンドは正しいですか。</translation>
    </message>
    <message>
        <source>Names, kana and chart numbers were searched, of everyone.</source>
        <translation>全患者の氏名・カナ・カルテ番号を検索しました。</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>該当なし</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>検索を解除</translation>
    </message>
    <message>
        <source>Search for a patient, or show everyone.</source>
        <translation>患者を検索するか、全員を表示してください。</translation>
    </message>
    <message>
        <source>Nobody is due</source>
        <translation>予定の患者はいません</translation>
    </message>
    <message>
        <source>Show everyone</source>
        <translation>全員を表示</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>予定</translation>
    </message>
    <message>
        <source>Everyone</source>
        <translation>全員</translation>
    </message>
    <message>
        <source>Name, kana or chart number — or scan the wristband</source>
        <translation>氏名・カナ・カルテ番号、またはリストバンドを読み取り</translation>
    </message>
    <message>
        <source>Search for a patient</source>
        <translation>患者を検索</translation>
    </message>
</context>
<context>
    <name>TrainingBar</name>
    <message>
        <source>{what}, {time}</source>
        <translation>{what}、{time}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>止める</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Give it up</source>
        <translation>やめる</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>比較…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>TrainingSheet</name>
    <message>
        <source>Choose whom to learn from: the clinic&apos;s patients, or a study folder.</source>
        <translation>学習に使うものを選んでください。当院の患者か、研究フォルダです。</translation>
    </message>
    <message>
        <source>Choose a study of other people to judge the model on.</source>
        <translation>モデルを評価する、別の人々の研究を選んでください。</translation>
    </message>
    <message>
        <source>The patients it would be judged on have {count} sessions with captures before and after dialysis that can judge it; {limit} are needed. Choose a study of other people, or wait.</source>
        <translation>評価に使う患者には、透析前後の撮影がそろい評価に使える透析が{count}回あります。{limit}回必要です。別の人々の研究を選ぶか、お待ちください。</translation>
    </message>
    <message>
        <source>The study it is judged on cannot be learned from too.</source>
        <translation>評価に使う研究を学習に使うことはできません。</translation>
    </message>
    <message>
        <source>{name} is being trained. Captures go first, and you can go on working.</source>
        <translation>{name} の学習を始めました。撮影が優先され、そのまま作業を続けられます。</translation>
    </message>
    <message>
        <source>Choose a study folder</source>
        <translation>研究フォルダを選択</translation>
    </message>
    <message>
        <source>Choose a study of other people</source>
        <translation>別の人々の研究を選択</translation>
    </message>
    <message>
        <source>Train a model</source>
        <translation>モデルを学習</translation>
    </message>
    <message>
        <source>Begin training</source>
        <translation>学習を始める</translation>
    </message>
    <message>
        <source>It runs on this PC at low priority, stands still while a capture runs, and can be stopped and taken up again. What it makes is installed and not yet in use.</source>
        <translation>この PC で低い優先度で動き、撮影中は止まります。途中で止めて続きから再開できます。できたモデルは導入されますが、まだ使われません。</translation>
    </message>
    <message>
        <source>Name of the model</source>
        <translation>モデルの名前</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>学習時間</translation>
    </message>
    <message>
        <source>Study folders to learn from as well</source>
        <translation>あわせて学習に使う研究フォルダ</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>フォルダを追加…</translation>
    </message>
    <message>
        <source>Take it off the list</source>
        <translation>一覧から外す</translation>
    </message>
    <message>
        <source>The clinic&apos;s patients who agreed to model training</source>
        <translation>モデル学習に同意した当院の患者</translation>
    </message>
    <message>
        <source>Being counted…</source>
        <translation>数えています…</translation>
    </message>
    <message>
        <source>{patients} patients with {sessions} sessions and {captures} captures</source>
        <translation>患者{patients}人、透析{sessions}回、撮影{captures}件</translation>
    </message>
    <message>
        <source>At least {limit} patients have to agree to model training, with weights and faces kept. Ask for their consent on the patient&apos;s page.</source>
        <translation>体重と顔画像のある患者{limit}人以上の、モデル学習への同意が必要です。同意は患者のページで記録します。</translation>
    </message>
    <message>
        <source>Judged on</source>
        <translation>評価に使うもの</translation>
    </message>
    <message>
        <source>Choose a study…</source>
        <translation>研究を選ぶ…</translation>
    </message>
    <message>
        <source>Own patients instead</source>
        <translation>当院の患者に戻す</translation>
    </message>
    <message>
        <source>{count} of the patients, one in five, from whom it does not learn</source>
        <translation>患者のうち{count}人(5人に1人)。学習には使いません</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>まだありません</translation>
    </message>
</context>
<context>
    <name>Trend</name>
    <message>
        <source>Estimate {estimate} kg {spread} kg</source>
        <translation>推定 {estimate} kg {spread} kg</translation>
    </message>
    <message>
        <source>Estimate and spread come from made-up swelling.</source>
        <translation>推定と推定幅は、合成したむくみに基づきます。</translation>
    </message>
    <message>
        <source>No estimate</source>
        <translation>推定なし</translation>
    </message>
    <message>
        <source>The weight was corrected.</source>
        <translation>体重は訂正されています。</translation>
    </message>
    <message>
        <source>The recording was cut short.</source>
        <translation>撮影は途中で終わっています。</translation>
    </message>
    <message>
        <source>Gain {gain} kg</source>
        <translation>体重増加 {gain} kg</translation>
    </message>
    <message>
        <source>{days} days since the session before</source>
        <translation>前回の透析から{days}日</translation>
    </message>
    <message>
        <source>UF rate {rate} mL/kg/h in {hours} h</source>
        <translation>除水速度 {rate} mL/kg/h({hours}時間)</translation>
    </message>
    <message>
        <source>No weight</source>
        <translation>体重なし</translation>
    </message>
    <message>
        <source>Scale {weight} kg, no dry weight</source>
        <translation>体重計 {weight} kg、ドライウェイトなし</translation>
    </message>
    <message>
        <source>Scale {excess} kg ({weight} kg, dry weight {dry} kg)</source>
        <translation>体重計 {excess} kg({weight} kg、ドライウェイト {dry} kg)</translation>
    </message>
</context>
<context>
    <name>TrendCanvas</name>
    <message>
        <source>kg</source>
        <translation>kg</translation>
    </message>
    <message>
        <source>Excess fluid above dry weight, over time</source>
        <translation>ドライウェイトに対する余剰体液量の推移</translation>
    </message>
    <message>
        <source>estimate ± spread</source>
        <translation>推定 ± 推定幅</translation>
    </message>
    <message>
        <source>Dry weight {weight} kg</source>
        <translation>ドライウェイト {weight} kg</translation>
    </message>
    <message>
        <source>estimate ± interval</source>
        <translation>推定 ± 予測区間</translation>
    </message>
    <message>
        <source>estimate ±</source>
        <translation>推定 ±</translation>
    </message>
    <message>
        <source>{count} points. Left and Right read them out; plus and minus zoom, Shift with Left and Right, Home and End move, 0 shows all; T shows a table, D the day.</source>
        <translation>{count}点。左右キーで読み上げ、プラスとマイナスで拡大・縮小、Shift+左右キー、Home、End で移動、0 で全期間、T で表、D で1日の推移を表示します。</translation>
    </message>
    <message>
        <source>no estimate</source>
        <translation>推定なし</translation>
    </message>
    <message>
        <source>weight corrected</source>
        <translation>体重訂正あり</translation>
    </message>
    <message>
        <source>clip incomplete</source>
        <translation>動画が途中まで</translation>
    </message>
    <message>
        <source>Scale, before</source>
        <translation>体重計(透析前)</translation>
    </message>
    <message>
        <source>Scale, after</source>
        <translation>体重計(透析後)</translation>
    </message>
    <message>
        <source>In between</source>
        <translation>随時</translation>
    </message>
</context>
<context>
    <name>TrendCard</name>
    <message>
        <source>Excess fluid above dry weight</source>
        <translation>ドライウェイトに対する余剰体液量</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30日</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90日</translation>
    </message>
    <message>
        <source>1 year</source>
        <translation>1年</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全期間</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Show the same figures as a table (T)</source>
        <translation>同じ値を表で見る(T)</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>1日</translation>
    </message>
    <message>
        <source>Show the hours of one day (D)</source>
        <translation>1日の推移を表示 (D)</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Copy the rows chosen, or all, with their heads (Ctrl+C)</source>
        <translation>選んだ行、またはすべての行を見出し付きでコピー (Ctrl+C)</translation>
    </message>
    <message>
        <source>No session yet</source>
        <translation>透析の記録がありません</translation>
    </message>
    <message>
        <source>The trend begins with the first weight before dialysis.</source>
        <translation>最初の透析前体重から推移が始まります。</translation>
    </message>
    <message>
        <source>Add weight</source>
        <translation>体重を入力</translation>
    </message>
    <message>
        <source>No dry weight for these sessions</source>
        <translation>この期間のドライウェイトがありません</translation>
    </message>
    <message>
        <source>Excess fluid is the scale weight minus the dry weight. Enter the dry weight and the day from which it holds; the trend then shows all sessions since.</source>
        <translation>余剰体液量は、体重からドライウェイトを引いた値です。ドライウェイトと適用開始日を登録すると、それ以降のすべての透析が表示されます。</translation>
    </message>
    <message>
        <source>Dry weight</source>
        <translation>ドライウェイト</translation>
    </message>
    <message>
        <source>The estimate begins with the second session: the first one, with its weights, is what later faces are compared with.</source>
        <translation>推定は2回目の透析から始まります。初回の透析と体重が、その後の顔と比べるもとになります。</translation>
    </message>
    <message>
        <source>No session has an estimate yet. It needs a clip and an earlier session.</source>
        <translation>推定のある透析がまだありません。動画と、以前の透析が必要です。</translation>
    </message>
</context>
<context>
    <name>TrendLayers</name>
    <message>
        <source>Dry weight {before} → {after} kg</source>
        <translation>ドライウェイト {before} → {after} kg</translation>
    </message>
</context>
<context>
    <name>TrendModel</name>
    <message>
        <source>Time</source>
        <translation>日時</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>区分</translation>
    </message>
    <message>
        <source>Scale excess
(kg)</source>
        <translation>余剰(体重計)
(kg)</translation>
    </message>
    <message>
        <source>Estimate
(kg)</source>
        <translation>推定
(kg)</translation>
    </message>
    <message>
        <source>±
(kg)</source>
        <translation>±
(kg)</translation>
    </message>
    <message>
        <source>Difference
(kg)</source>
        <translation>差
(kg)</translation>
    </message>
    <message>
        <source>Weight
(kg)</source>
        <translation>体重
(kg)</translation>
    </message>
    <message>
        <source>Dry weight
(kg)</source>
        <translation>ドライウェイト
(kg)</translation>
    </message>
    <message>
        <source>Gain
(kg)</source>
        <translation>増加
(kg)</translation>
    </message>
    <message>
        <source>Gain
(% of dry weight)</source>
        <translation>増加
(DW比 %)</translation>
    </message>
    <message>
        <source>UF rate
(mL/kg/h)</source>
        <translation>除水速度
(mL/kg/h)</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>備考</translation>
    </message>
    <message>
        <source>Gap
(days)</source>
        <translation>間隔
(日)</translation>
    </message>
    <message>
        <source>Change since the
first of the day (kg)</source>
        <translation>最初からの
変化 (kg)</translation>
    </message>
</context>
<context>
    <name>TrendTable</name>
    <message>
        <source>Excess fluid above dry weight, as a table</source>
        <translation>ドライウェイトに対する余剰体液量(表)</translation>
    </message>
</context>
<context>
    <name>UserDialog</name>
    <message>
        <source>{name} can sign in as {login}.</source>
        <translation>{name}さんは{login}でサインインできます。</translation>
    </message>
    <message>
        <source>{name} was changed.</source>
        <translation>{name}さんの情報を変更しました。</translation>
    </message>
    <message>
        <source>New user</source>
        <translation>新しいユーザー</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>追加する</translation>
    </message>
    <message>
        <source>User</source>
        <translation>ユーザー</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存する</translation>
    </message>
    <message>
        <source>Name on record</source>
        <translation>記録に残る名前</translation>
    </message>
    <message>
        <source>Name to sign in with</source>
        <translation>サインイン名</translation>
    </message>
    <message>
        <source>Roles; one person may have several</source>
        <translation>役割(複数選べます)</translation>
    </message>
</context>
<context>
    <name>UsersCard</name>
    <message>
        <source>Let in…</source>
        <translation>再開…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>変更…</translation>
    </message>
    <message>
        <source>Password…</source>
        <translation>パスワード…</translation>
    </message>
    <message>
        <source>Shut out…</source>
        <translation>停止…</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>ユーザー</translation>
    </message>
    <message>
        <source>Add a user…</source>
        <translation>ユーザーを追加…</translation>
    </message>
    <message>
        <source>New recovery code…</source>
        <translation>新しい復旧コード…</translation>
    </message>
    <message>
        <source>A new recovery code ends the earlier one at once. It is shown only then.</source>
        <translation>新しい復旧コードを作ると、以前のものはすぐに無効になります。表示されるのはその時だけです。</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>Bars are mean errors; the line across a bar is that of the estimates on the same captures. Guesses know earlier sessions only; the usual value is the mean of those in the same phase. Intervals hold 95 %, patients drawn again.</source>
        <translation>棒は平均誤差で、棒を横切る線は同じ撮影での推定の誤差です。予測が使うのはそれ以前の透析だけで、普段の値は同じ時点の平均です。区間は患者を引き直した 95 % 区間です。</translation>
    </message>
</context>
<context>
    <name>WaitingStack</name>
    <message>
        <source>Loading</source>
        <translation>読み込み中</translation>
    </message>
    <message>
        <source>The figures are being fetched.</source>
        <translation>値を取得しています。</translation>
    </message>
    <message>
        <source>This cannot be shown</source>
        <translation>表示できません</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
</context>
<context>
    <name>WeightDialog</name>
    <message>
        <source>{weight} kg was entered.</source>
        <translation>{weight} kg を登録しました。</translation>
    </message>
    <message>
        <source>The hours planned were entered.</source>
        <translation>予定時間を登録しました。</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>体重</translation>
    </message>
    <message>
        <source>Choose before or after.</source>
        <translation>透析前か透析後かを選んでください。</translation>
    </message>
    <message>
        <source>When</source>
        <translation>日時</translation>
    </message>
    <message>
        <source>d MMM yyyy  HH:mm</source>
        <translation>yyyy/MM/dd  HH:mm</translation>
    </message>
</context>
<context>
    <name>WeightEntry</name>
    <message>
        <source>Choose the session this weight belongs to.</source>
        <translation>この体重がどの透析のものか選んでください。</translation>
    </message>
    <message>
        <source>Entered</source>
        <translation>登録済み</translation>
    </message>
    <message>
        <source>Enter it as it is</source>
        <translation>このまま登録</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>訂正</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>登録</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
</context>
<context>
    <name>WeightsCard</name>
    <message>
        <source>Planned: {hours} h</source>
        <translation>予定: {hours} 時間</translation>
    </message>
    <message>
        <source>No hours are planned.</source>
        <translation>予定時間はありません。</translation>
    </message>
    <message>
        <source>Weights entered</source>
        <translation>入力された体重</translation>
    </message>
    <message>
        <source>No weight is entered yet.</source>
        <translation>体重はまだ入力されていません。</translation>
    </message>
    <message>
        <source>{phase}: {old} kg corrected to {new} kg</source>
        <translation>{phase}:{old} kg を {new} kg に訂正</translation>
    </message>
    <message>
        <source>{phase}: {new} kg ({gross} kg less {tare} kg tare)</source>
        <translation>{phase}:{new} kg({gross} kg − 風袋 {tare} kg)</translation>
    </message>
    <message>
        <source>{phase}: {new} kg</source>
        <translation>{phase}:{new} kg</translation>
    </message>
</context>
<context>
    <name>WheelchairDialog</name>
    <message>
        <source>{name} is offered with {weight} kg.</source>
        <translation>{name} を {weight} kg として登録しました。</translation>
    </message>
    <message>
        <source>{name} is no longer offered.</source>
        <translation>{name} を一覧から外しました。</translation>
    </message>
    <message>
        <source>The clinic&apos;s wheelchairs</source>
        <translation>施設の車椅子</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>登録</translation>
    </message>
    <message>
        <source>What stands on it</source>
        <translation>車椅子の名称</translation>
    </message>
    <message>
        <source>Weight, kg</source>
        <translation>重さ(kg)</translation>
    </message>
    <message>
        <source>It is offered for every patient. The same name again changes its weight; without a weight it is taken off the list.</source>
        <translation>すべての患者で選べるようになります。同じ名称で登録し直すと重さが変わり、重さを空にすると一覧から外れます。</translation>
    </message>
</context>
<context>
    <name>WhereView</name>
    <message>
        <source>Where the estimate of the change came from, by the model {model}: it saw less or more fluid there after dialysis. Not a measurement of fluid in that place.</source>
        <translation>推定された変化がどこから来たか(モデル {model})。透析後に体液が減った、または増えたと見た場所です。その場所の体液を測ったものではありません。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>もう一度</translation>
    </message>
    <message>
        <source>The model could not be asked.</source>
        <translation>モデルに問い合わせできませんでした。</translation>
    </message>
    <message>
        <source>Stopped before the model answered.</source>
        <translation>モデルが答える前に中止しました。</translation>
    </message>
    <message>
        <source>Show where it looked</source>
        <translation>着目箇所を表示</translation>
    </message>
    <message>
        <source>The model was not asked yet.</source>
        <translation>まだモデルに問い合わせていません。</translation>
    </message>
    <message>
        <source>The model is asked where it saw the change. That takes some seconds, and longer while a clip is recorded or analysed.</source>
        <translation>モデルがどこに変化を見たかを問い合わせています。数秒かかります。録画や解析の間はさらにかかります。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>less fluid</source>
        <translation>体液が減少</translation>
    </message>
    <message>
        <source>more fluid</source>
        <translation>体液が増加</translation>
    </message>
</context>
<context>
    <name>WorkProgress</name>
    <message>
        <source>Stop</source>
        <translation>止める</translation>
    </message>
</context>
<context>
    <name>WorkingSheet</name>
    <message>
        <source>Stop</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>中止しています…</translation>
    </message>
</context>
<context>
    <name>WorklistModel</name>
    <message>
        <source>Before capture</source>
        <translation>透析前を撮影</translation>
    </message>
    <message>
        <source>After capture</source>
        <translation>透析後を撮影</translation>
    </message>
    <message>
        <source>Record again</source>
        <translation>撮り直す</translation>
    </message>
    <message>
        <source>Enter weight</source>
        <translation>体重を入力</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Bed</source>
        <translation>ベッド</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>カルテ番号</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>生年月日</translation>
    </message>
    <message>
        <source>Days and shift</source>
        <translation>曜日・クール</translation>
    </message>
    <message>
        <source>Scale excess</source>
        <translation>余剰(体重計)</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>推定</translation>
    </message>
    <message>
        <source>More</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>Not due</source>
        <translation>予定なし</translation>
    </message>
    <message>
        <source>Away today</source>
        <translation>本日休み</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>休み</translation>
    </message>
    <message>
        <source>No estimate</source>
        <translation>推定不可</translation>
    </message>
</context>
<context>
    <name>backup</name>
    <message>
        <source>1 minute</source>
        <translation>1分</translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation>{count}分</translation>
    </message>
    <message>
        <source>{count} hours</source>
        <translation>{count}時間</translation>
    </message>
    <message>
        <source>{count} days</source>
        <translation>{count}日</translation>
    </message>
    <message>
        <source>The backup failed</source>
        <translation>バックアップに失敗しました</translation>
    </message>
    <message>
        <source>The backup disk is away</source>
        <translation>バックアップのディスクが外れています</translation>
    </message>
    <message>
        <source>No backup yet</source>
        <translation>バックアップはまだありません</translation>
    </message>
    <message>
        <source>Backup {age} old</source>
        <translation>バックアップは{age}前</translation>
    </message>
    <message>
        <source>{said}, the last is {age} old</source>
        <translation>{said}（最後は{age}前）</translation>
    </message>
    <message>
        <source>There is no backup in this folder yet.</source>
        <translation>このフォルダにはまだバックアップがありません。</translation>
    </message>
    <message>
        <source>The newest is of {moment}, {age} ago.</source>
        <translation>最新は{moment}、{age}前です。</translation>
    </message>
    <message>
        <source>Nothing was entered since.</source>
        <translation>その後の入力はありません。</translation>
    </message>
    <message>
        <source>{moment}: {patients} patients, {sessions} sessions</source>
        <translation>{moment}：患者{patients}名、透析{sessions}回</translation>
    </message>
    <message>
        <source>As of {moment}: {patients} patients and {sessions} sessions.</source>
        <translation>{moment}時点：患者{patients}名、透析{sessions}回。</translation>
    </message>
    <message>
        <source>{count} entries made after that are not in it: enter them again.</source>
        <translation>その後の入力{count}件は含まれていません。もう一度入力してください。</translation>
    </message>
    <message>
        <source>{count} clips are neither on this PC nor in the backup.</source>
        <translation>動画{count}本は、このPCにもバックアップにもありません。</translation>
    </message>
    <message>
        <source>What was in the way lies in {folder}.</source>
        <translation>入れ替えたファイルは{folder}にあります。</translation>
    </message>
    <message>
        <source>Copying the records</source>
        <translation>記録をコピーしています</translation>
    </message>
    <message>
        <source>Checking the copy</source>
        <translation>コピーを確かめています</translation>
    </message>
    <message>
        <source>Copying the clips</source>
        <translation>動画をコピーしています</translation>
    </message>
    <message>
        <source>about {age} to go</source>
        <translation>残り約{age}</translation>
    </message>
    <message>
        <source>{count} seconds</source>
        <translation>{count}秒</translation>
    </message>
</context>
<context>
    <name>capture</name>
    <message>
        <source>Is this {name}?</source>
        <translation>{name}さんですか?</translation>
    </message>
    <message>
        <source>The face does not look like that of the earlier captures.</source>
        <translation>以前の撮影の顔と似ていません。</translation>
    </message>
    <message>
        <source>The face looks a little unlike that of the earlier captures.</source>
        <translation>以前の撮影の顔と少し違って見えます。</translation>
    </message>
    <message>
        <source>Yes, same patient</source>
        <translation>はい、同じ患者です</translation>
    </message>
    <message>
        <source>No, stop</source>
        <translation>いいえ、中止する</translation>
    </message>
    <message>
        <source>Not {name}: discard the recording?</source>
        <translation>{name}さんではない:録画を破棄しますか?</translation>
    </message>
    <message>
        <source>Nothing of it is kept. The recording is paused.</source>
        <translation>何も保存されません。録画は一時停止しています。</translation>
    </message>
    <message>
        <source>Discard and go back</source>
        <translation>破棄して戻る</translation>
    </message>
    <message>
        <source>It is this patient: go on</source>
        <translation>この患者です:続ける</translation>
    </message>
    <message>
        <source>Discard the recording of {time}?</source>
        <translation>{time}の録画を破棄しますか?</translation>
    </message>
    <message>
        <source>It cannot be brought back.</source>
        <translation>元に戻すことはできません。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>破棄する</translation>
    </message>
    <message>
        <source>Go on recording</source>
        <translation>録画を続ける</translation>
    </message>
    <message>
        <source>The recording is not finished.</source>
        <translation>録画が終わっていません。</translation>
    </message>
    <message>
        <source>Finish it to keep it, or discard it to leave.</source>
        <translation>保存するには終了、保存せずに離れるには破棄を選んでください。</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Start now</source>
        <translation>今すぐ開始</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Go on: new take</source>
        <translation>撮り直して続ける</translation>
    </message>
    <message>
        <source>Discard the recording</source>
        <translation>録画を破棄</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Next patient</source>
        <translation>次の患者へ</translation>
    </message>
    <message>
        <source>Record again</source>
        <translation>もう一度撮影</translation>
    </message>
    <message>
        <source>Open the session</source>
        <translation>この透析を開く</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <source>Add a clip file</source>
        <translation>動画ファイルを追加</translation>
    </message>
    <message>
        <source>Camera of this PC</source>
        <translation>このPCのカメラ</translation>
    </message>
    <message>
        <source>Network camera</source>
        <translation>ネットワークカメラ</translation>
    </message>
    <message>
        <source>A clip as camera</source>
        <translation>カメラ代わりの動画</translation>
    </message>
    <message>
        <source>Made-up face</source>
        <translation>作成された顔</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>録画済み</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>録画中</translation>
    </message>
    <message>
        <source>Darker than {day}.</source>
        <translation>{day}より暗めです。</translation>
    </message>
    <message>
        <source>Brighter than {day}.</source>
        <translation>{day}より明るめです。</translation>
    </message>
    <message>
        <source>Light is warmer than {day}.</source>
        <translation>{day}より光が赤みがかっています。</translation>
    </message>
    <message>
        <source>Light is cooler than {day}.</source>
        <translation>{day}より光が青みがかっています。</translation>
    </message>
    <message>
        <source>Another camera than {day}.</source>
        <translation>{day}とは別のカメラです。</translation>
    </message>
    <message>
        <source>The camera is set otherwise than {day}.</source>
        <translation>カメラの設定が{day}と違います。</translation>
    </message>
    <message>
        <source>Still usable.</source>
        <translation>このまま使えます。</translation>
    </message>
    <message>
        <source>The estimate would suffer: mend it first.</source>
        <translation>推定に影響します。先に直してください。</translation>
    </message>
    <message>
        <source>on {day}</source>
        <translation>{day}</translation>
    </message>
    <message>
        <source>earlier today</source>
        <translation>今日の前回</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>まだ不明</translation>
    </message>
    <message>
        <source>good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>fair</source>
        <translation>可</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>不良</translation>
    </message>
    <message>
        <source>{words}.</source>
        <translation>{words}。</translation>
    </message>
    <message>
        <source>quality {percent} %</source>
        <translation>品質 {percent} %</translation>
    </message>
    <message>
        <source>Incomplete, recovered</source>
        <translation>不完全（復旧済み）</translation>
    </message>
    <message>
        <source>Incomplete</source>
        <translation>不完全</translation>
    </message>
</context>
<context>
    <name>consent</name>
    <message>
        <source>Care: to be recorded</source>
        <translation>診療(撮影)</translation>
    </message>
    <message>
        <source>Training of models</source>
        <translation>モデルの学習</translation>
    </message>
    <message>
        <source>Research</source>
        <translation>研究</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>未確認</translation>
    </message>
    <message>
        <source>Given on {day}</source>
        <translation>{day} に同意</translation>
    </message>
    <message>
        <source>Withdrawn on {day}</source>
        <translation>{day} に取り消し</translation>
    </message>
    <message>
        <source>Given with the study</source>
        <translation>研究での同意</translation>
    </message>
</context>
<context>
    <name>export</name>
    <message>
        <source>Tables (CSV)</source>
        <translation>表(CSV)</translation>
    </message>
    <message>
        <source>FHIR bundles</source>
        <translation>FHIR</translation>
    </message>
    <message>
        <source>Study with clips</source>
        <translation>研究フォルダ(動画つき)</translation>
    </message>
    <message>
        <source>Tables for a spreadsheet or a statistics program, with what each column means.</source>
        <translation>表計算や統計ソフト用の表です。各列の説明が付きます。</translation>
    </message>
    <message>
        <source>One file for each patient, as hospital systems exchange records (FHIR R4).</source>
        <translation>患者ごとに1ファイル。病院システム間の交換形式(FHIR R4)です。</translation>
    </message>
    <message>
        <source>Weights and full clips, as another EdemaDesk takes them in. Clips show faces and may hold voices: a code does not hide who is seen.</source>
        <translation>体重と動画の全体で、ほかの EdemaDesk に取り込めます。動画には顔が映り、声が入ることもあります。コードにしても誰かは分かります。</translation>
    </message>
    <message>
        <source>Nothing would go out.</source>
        <translation>書き出すものがありません。</translation>
    </message>
    <message>
        <source>patients {count}</source>
        <translation>患者 {count} 名</translation>
    </message>
    <message>
        <source>sessions {count}</source>
        <translation>透析 {count} 回</translation>
    </message>
    <message>
        <source>spot captures {count}</source>
        <translation>随時 {count} 件</translation>
    </message>
    <message>
        <source>clips {count}</source>
        <translation>動画 {count} 本</translation>
    </message>
    <message>
        <source>Went out: {what}</source>
        <translation>書き出し済み: {what}</translation>
    </message>
    <message>
        <source>Goes out: {what}</source>
        <translation>書き出す内容: {what}</translation>
    </message>
    <message>
        <source>Stays, since care was not agreed to: patients {count}</source>
        <translation>診療のための撮影に同意がないため除外: 患者 {count} 名</translation>
    </message>
    <message>
        <source>Stays, since research was not agreed to: patients {count}</source>
        <translation>研究利用に同意がないため除外: 患者 {count} 名</translation>
    </message>
    <message>
        <source>Nothing in this period: patients {count}</source>
        <translation>この期間に記録なし: 患者 {count} 名</translation>
    </message>
    <message>
        <source>This folder lies on another computer: whoever may open it there can read it.</source>
        <translation>このフォルダは別のコンピューターにあり、そこで開ける人は誰でも読めます。</translation>
    </message>
    <message>
        <source>{name} copies this folder to its servers: the files would leave the clinic.</source>
        <translation>このフォルダは {name} が外部のサーバーに複製します。ファイルが施設の外に出ます。</translation>
    </message>
    <message>
        <source>Stays, since the clip was dropped or destroyed: captures {count}</source>
        <translation>動画が削除・破棄済みのため除外: {count} 件</translation>
    </message>
    <message>
        <source>Stays, since no weight was entered: captures {count}</source>
        <translation>体重が未入力のため除外: {count} 件</translation>
    </message>
    <message>
        <source>Stays, since no dry weight is known for the day: captures {count}</source>
        <translation>その日のドライウェイトがないため除外: {count} 件</translation>
    </message>
    <message>
        <source>Stays, since a study holds one of a kind for a day: captures {count}</source>
        <translation>研究フォルダには1日1件のため除外: {count} 件</translation>
    </message>
    <message>
        <source>Stays, since the clip is not whole: captures {count}</source>
        <translation>動画が壊れているため除外: {count} 件</translation>
    </message>
</context>
<context>
    <name>inbox</name>
    <message>
        <source>No estimate: {reason}</source>
        <translation>推定不可:{reason}</translation>
    </message>
    <message>
        <source>Estimate {excess} kg</source>
        <translation>推定 {excess} kg</translation>
    </message>
    <message>
        <source>this file</source>
        <translation>このファイル</translation>
    </message>
    <message>
        <source>Another file of the inbox holds the same clip.</source>
        <translation>同じ動画が別のファイルとして届いています。</translation>
    </message>
    <message>
        <source>The same clip was stored for {name} on {day}.</source>
        <translation>同じ動画が {name} さんの {day} の記録にあります。</translation>
    </message>
    <message>
        <source>entered here</source>
        <translation>ここで入力</translation>
    </message>
    <message>
        <source>the clip&apos;s own time</source>
        <translation>動画自体の時刻</translation>
    </message>
    <message>
        <source>from the JSON file beside it</source>
        <translation>付属の JSON ファイルから</translation>
    </message>
    <message>
        <source>from the file&apos;s name</source>
        <translation>ファイル名から</translation>
    </message>
    <message>
        <source>as the clip itself says</source>
        <translation>動画の記録から</translation>
    </message>
    <message>
        <source>when the file was last changed</source>
        <translation>ファイルの更新日時から</translation>
    </message>
    <message>
        <source>the usual hour of that day</source>
        <translation>その日の通常の時刻</translation>
    </message>
</context>
<context>
    <name>phrases</name>
    <message>
        <source>Dry weight</source>
        <translation>ドライウェイト</translation>
    </message>
    <message>
        <source>spread</source>
        <translation>推定幅</translation>
    </message>
    <message>
        <source>interval</source>
        <translation>予測区間</translation>
    </message>
    <message>
        <source>Face as before dialysis, {percent} %</source>
        <translation>透析前の顔に近い(確率 {percent} %)</translation>
    </message>
    <message>
        <source>Face as after dialysis, {percent} %</source>
        <translation>透析後の顔に近い(確率 {percent} %)</translation>
    </message>
    <message>
        <source>Before dialysis</source>
        <translation>透析前</translation>
    </message>
    <message>
        <source>After dialysis</source>
        <translation>透析後</translation>
    </message>
    <message>
        <source>In between</source>
        <translation>随時</translation>
    </message>
    <message>
        <source>Made-up person (demo)</source>
        <translation>架空の人物(デモ)</translation>
    </message>
    <message>
        <source>Study: {name}</source>
        <translation>研究:{name}</translation>
    </message>
    <message>
        <source>Shift {number}</source>
        <translation>{number}クール</translation>
    </message>
    <message>
        <source>about {minutes} min to go</source>
        <translation>残り約 {minutes} 分</translation>
    </message>
    <message>
        <source>about {seconds} s to go</source>
        <translation>残り約 {seconds} 秒</translation>
    </message>
    <message>
        <source>Made up</source>
        <translation>架空</translation>
    </message>
    <message>
        <source>Looking at the clip</source>
        <translation>動画を解析しています</translation>
    </message>
    <message>
        <source>Copying the file</source>
        <translation>ファイルをコピーしています</translation>
    </message>
    <message>
        <source>Reading the courses</source>
        <translation>経過を読み込んでいます</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>書き出しています</translation>
    </message>
    <message>
        <source>Storing the clip</source>
        <translation>動画を保存しています</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>処理中</translation>
    </message>
    <message>
        <source>no face</source>
        <translation>顔なし</translation>
    </message>
    <message>
        <source>several faces</source>
        <translation>顔が複数</translation>
    </message>
    <message>
        <source>face too small</source>
        <translation>顔が小さい</translation>
    </message>
    <message>
        <source>face turned away</source>
        <translation>顔の向き</translation>
    </message>
    <message>
        <source>poor light</source>
        <translation>明るさ不良</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>ぼけ</translation>
    </message>
    <message>
        <source>eyes closed</source>
        <translation>目が閉じている</translation>
    </message>
    <message>
        <source>mouth open</source>
        <translation>口が開いている</translation>
    </message>
    <message>
        <source>too few frames</source>
        <translation>フレーム不足</translation>
    </message>
    <message>
        <source>no earlier session</source>
        <translation>以前の透析なし</translation>
    </message>
    <message>
        <source>too uncertain</source>
        <translation>不確かすぎる</translation>
    </message>
    <message>
        <source>other person?</source>
        <translation>別人の可能性</translation>
    </message>
    <message>
        <source>unfamiliar face</source>
        <translation>見慣れない顔</translation>
    </message>
    <message>
        <source>clip damaged</source>
        <translation>動画の破損</translation>
    </message>
    <message>
        <source>This camera has not been tested here yet.</source>
        <translation>このカメラはまだここで検査されていません。</translation>
    </message>
    <message>
        <source>Tested on {day}: good enough.</source>
        <translation>{day}に検査:合格。</translation>
    </message>
    <message>
        <source>Tested on {day}: not good enough yet.</source>
        <translation>{day}に検査:まだ不十分です。</translation>
    </message>
</context>
<context>
    <name>users</name>
    <message>
        <source>Nurse</source>
        <translation>看護師</translation>
    </message>
    <message>
        <source>Clinician</source>
        <translation>医師</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>管理者</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>worklist, captures, weights, own corrections</source>
        <translation>一覧、撮影、体重、自分の入力の訂正</translation>
    </message>
    <message>
        <source>all a nurse may, and dry weight, review, notes, export</source>
        <translation>看護師の操作すべてと、ドライウェイト、確認、メモ、書き出し</translation>
    </message>
    <message>
        <source>users, settings, models, studies, backup; treats nobody</source>
        <translation>ユーザー、設定、モデル、研究、バックアップ(診療の操作は不可)</translation>
    </message>
    <message>
        <source>Shut out</source>
        <translation>停止中</translation>
    </message>
    <message>
        <source>Has no password</source>
        <translation>パスワードなし</translation>
    </message>
</context>
<context>
    <name>weight</name>
    <message>
        <source>Weight before dialysis, kg</source>
        <translation>透析前体重(kg)</translation>
    </message>
    <message>
        <source>Weight after dialysis, kg</source>
        <translation>透析後体重(kg)</translation>
    </message>
    <message>
        <source>On the scale, kg</source>
        <translation>体重計の値(kg)</translation>
    </message>
    <message>
        <source>{weight} kg was entered for {time}.</source>
        <translation>{time}に {weight} kg が入力されています。</translation>
    </message>
    <message>
        <source>{weight} kg was entered for {time}. A correction keeps both; say why below.</source>
        <translation>{time}に {weight} kg が入力されています。訂正しても両方が残ります。下に理由を書いてください。</translation>
    </message>
    <message>
        <source>wheelchair {weight}</source>
        <translation>車椅子 {weight}</translation>
    </message>
    <message>
        <source>clothes {weight}</source>
        <translation>衣服 {weight}</translation>
    </message>
    <message>
        <source>{weight} kg without {tares}</source>
        <translation>{weight} kg(風袋 {tares} を除く)</translation>
    </message>
    <message>
        <source>at dry weight</source>
        <translation>ドライウェイトと同じ</translation>
    </message>
    <message>
        <source>{excess} kg above dry weight</source>
        <translation>DW {excess} kg</translation>
    </message>
    <message>
        <source>{excess} kg below dry weight</source>
        <translation>DWより {excess} kg 少ない</translation>
    </message>
    <message>
        <source>last {weight} at {time}</source>
        <translation>前回 {weight}({time})</translation>
    </message>
    <message>
        <source>last {weight} on {day}</source>
        <translation>前回 {weight}({day})</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>There is no file {path}.</source>
        <translation>ファイル {path} がありません。</translation>
    </message>
    <message>
        <source>Check the name and try again.</source>
        <translation>名前を確かめて、やり直してください。</translation>
    </message>
    <message>
        <source>The file {path} cannot be read.</source>
        <translation>ファイル {path} を読めません。</translation>
    </message>
    <message>
        <source>Check that you may open it and that it is not a folder.</source>
        <translation>開く権限があること、フォルダでないことを確かめてください。</translation>
    </message>
    <message>
        <source>{name} is not a video this program can read.</source>
        <translation>{name} は読み取れる動画ではありません。</translation>
    </message>
    <message>
        <source>Choose the clip itself, as the camera or tablet saved it.</source>
        <translation>カメラやタブレットが保存した動画そのものを選んでください。</translation>
    </message>
    <message>
        <source>{name} is a {found} file, which is not taken in.</source>
        <translation>{name} は {found} 形式のため取り込めません。</translation>
    </message>
    <message>
        <source>Use MP4, MOV, Matroska, WebM, MPEG or AVI.</source>
        <translation>MP4・MOV・Matroska・WebM・MPEG・AVI を使ってください。</translation>
    </message>
    <message>
        <source>The video in {name} is coded as {found}, which is not taken in.</source>
        <translation>{name} の映像は {found} で符号化されているため取り込めません。</translation>
    </message>
    <message>
        <source>Record it as H.264, HEVC, VP8, VP9, AV1, MJPEG, FFV1 or MPEG.</source>
        <translation>H.264・HEVC・VP8・VP9・AV1・MJPEG・FFV1・MPEG で撮影してください。</translation>
    </message>
    <message>
        <source>{name} holds no picture.</source>
        <translation>{name} には映像がありません。</translation>
    </message>
    <message>
        <source>Record the clip again.</source>
        <translation>撮影し直してください。</translation>
    </message>
    <message>
        <source>{name} is cut off or damaged.</source>
        <translation>{name} は途中で切れているか、壊れています。</translation>
    </message>
    <message>
        <source>Copy it from the camera or tablet again.</source>
        <translation>カメラやタブレットからコピーし直してください。</translation>
    </message>
    <message>
        <source>{name} is too large: {found}, and the limit is {limit}.</source>
        <translation>{name} は大きすぎます({found}、上限 {limit})。</translation>
    </message>
    <message>
        <source>Record at up to 4K and for up to ten minutes.</source>
        <translation>4K 以下、10分以内で撮影してください。</translation>
    </message>
    <message>
        <source>{name} could not be decoded within the limits set for files from outside.</source>
        <translation>{name} は、外部ファイルに許された範囲内で再生できませんでした。</translation>
    </message>
    <message>
        <source>Copy it again; if it fails again, record the clip anew.</source>
        <translation>コピーし直してください。それでも失敗する場合は撮影し直してください。</translation>
    </message>
    <message>
        <source>This clip is already stored.</source>
        <translation>この動画はすでに保存されています。</translation>
    </message>
    <message>
        <source>Choose another file; the stored one stays as it is.</source>
        <translation>別のファイルを選んでください。保存済みの動画はそのままです。</translation>
    </message>
    <message>
        <source>A stored clip was altered or damaged on the disk.</source>
        <translation>保存済みの動画が、ディスク上で改変されたか壊れています。</translation>
    </message>
    <message>
        <source>It is not used; restore it from the backup.</source>
        <translation>この動画は使用しません。バックアップから復元してください。</translation>
    </message>
    <message>
        <source>The key of a stored clip is gone, so it cannot be opened.</source>
        <translation>保存済みの動画の鍵がないため、開けません。</translation>
    </message>
    <message>
        <source>If it was not erased on purpose, restore the keys from the backup.</source>
        <translation>意図して消去したのでなければ、バックアップから鍵を復元してください。</translation>
    </message>
    <message>
        <source>A stored clip is missing on the disk.</source>
        <translation>保存済みの動画がディスク上にありません。</translation>
    </message>
    <message>
        <source>Restore it from the backup.</source>
        <translation>バックアップから復元してください。</translation>
    </message>
    <message>
        <source>{name} is not a photograph this program takes.</source>
        <translation>{name} は取り込める写真ではありません。</translation>
    </message>
    <message>
        <source>Use a JPEG or PNG file of at most 64 megapixels.</source>
        <translation>6400万画素以下の JPEG か PNG を使ってください。</translation>
    </message>
    <message>
        <source>“{entered}” is not a weight.</source>
        <translation>「{entered}」は体重ではありません。</translation>
    </message>
    <message>
        <source>Enter kilograms in figures, for example 53.6.</source>
        <translation>kg の数字で入力してください(例 53.6)。</translation>
    </message>
    <message>
        <source>{entered} kg is outside 20 to 300 kg.</source>
        <translation>{entered} kg は 20～300 kg の範囲外です。</translation>
    </message>
    <message>
        <source>Read the scale again and enter kilograms.</source>
        <translation>体重計を読み直し、kg で入力してください。</translation>
    </message>
    <message>
        <source>{entered} looks like pounds.</source>
        <translation>{entered} はポンド表記のようです。</translation>
    </message>
    <message>
        <source>Enter the weight in kilograms, without another unit.</source>
        <translation>ほかの単位を付けず、kg で入力してください。</translation>
    </message>
    <message>
        <source>This entry needs a reason.</source>
        <translation>この入力には理由が必要です。</translation>
    </message>
    <message>
        <source>Say in a few words why.</source>
        <translation>理由を簡潔に入力してください。</translation>
    </message>
    <message>
        <source>{field} is empty.</source>
        <translation>「{field}」が空欄です。</translation>
    </message>
    <message>
        <source>Fill it in and save again.</source>
        <translation>入力して、もう一度登録してください。</translation>
    </message>
    <message>
        <source>{field} is longer than {limit} characters.</source>
        <translation>「{field}」が {limit} 文字を超えています。</translation>
    </message>
    <message>
        <source>Shorten it.</source>
        <translation>短くしてください。</translation>
    </message>
    <message>
        <source>“{entered}” is not a date.</source>
        <translation>「{entered}」は日付ではありません。</translation>
    </message>
    <message>
        <source>Enter it as YYYY-MM-DD.</source>
        <translation>1949-05-17 のように入力してください。</translation>
    </message>
    <message>
        <source>“{entered}” is no length of dialysis.</source>
        <translation>「{entered}」は透析時間として読めません。</translation>
    </message>
    <message>
        <source>Enter hours from 0.5 to 24, for example 4, 4.5 or 4:30.</source>
        <translation>0.5から24時間で入力してください(例:4、4.5、4:30)。</translation>
    </message>
    <message>
        <source>This chart number belongs to another patient.</source>
        <translation>このカルテ番号は別の患者のものです。</translation>
    </message>
    <message>
        <source>Search for the number and open that patient.</source>
        <translation>番号を検索して、その患者を開いてください。</translation>
    </message>
    <message>
        <source>{count} identifiers of the study already belong to people from elsewhere.</source>
        <translation>研究データの識別番号のうち {count} 件が、別の出所の人物ですでに使われています。</translation>
    </message>
    <message>
        <source>Import it with --prefix to give the study&apos;s people other identifiers.</source>
        <translation>--prefix を付けて取り込み、別の識別番号にしてください。</translation>
    </message>
    <message>
        <source>There is no such patient.</source>
        <translation>その患者は登録されていません。</translation>
    </message>
    <message>
        <source>Search again.</source>
        <translation>もう一度検索してください。</translation>
    </message>
    <message>
        <source>There is no such session.</source>
        <translation>その透析の記録はありません。</translation>
    </message>
    <message>
        <source>Open the patient again.</source>
        <translation>患者を開き直してください。</translation>
    </message>
    <message>
        <source>This session already has a clip for that phase.</source>
        <translation>この透析には、その時点の動画がすでにあります。</translation>
    </message>
    <message>
        <source>Open the session to see it.</source>
        <translation>透析を開いて確かめてください。</translation>
    </message>
    <message>
        <source>There is no room left on the disk, so nothing was saved.</source>
        <translation>ディスクに空きがないため、保存できませんでした。</translation>
    </message>
    <message>
        <source>Make room and save again; your entry is still here.</source>
        <translation>空きを作ってから、もう一度登録してください。入力内容は残っています。</translation>
    </message>
    <message>
        <source>There is too little room on the disk for a recording: {left} GB are left.</source>
        <translation>録画に必要な空き容量がディスクにありません（残り{left} GB）。</translation>
    </message>
    <message>
        <source>Make room for at least {needed} GB, then record.</source>
        <translation>{needed} GB以上の空きを作ってから録画してください。</translation>
    </message>
    <message>
        <source>The camera was not found.</source>
        <translation>カメラが見つかりません。</translation>
    </message>
    <message>
        <source>Plug it in, or choose another one in the settings.</source>
        <translation>接続するか、設定で別のカメラを選んでください。</translation>
    </message>
    <message>
        <source>Another program is using the camera.</source>
        <translation>別のプログラムがカメラを使用しています。</translation>
    </message>
    <message>
        <source>Close that program and try again.</source>
        <translation>そのプログラムを閉じて、もう一度お試しください。</translation>
    </message>
    <message>
        <source>The camera did not answer as a camera should.</source>
        <translation>カメラが正しく応答しませんでした。</translation>
    </message>
    <message>
        <source>Unplug it and plug it in again, or check its address in the settings.</source>
        <translation>抜き差しするか、設定でアドレスを確認してください。</translation>
    </message>
    <message>
        <source>Check its cable. What was recorded so far is kept.</source>
        <translation>ケーブルを確認してください。これまでの録画は保存されています。</translation>
    </message>
    <message>
        <source>This is no address of a camera.</source>
        <translation>これはカメラのアドレスではありません。</translation>
    </message>
    <message>
        <source>Write a number, a device, or a URL that begins with rtsp:// or http://.</source>
        <translation>番号、デバイス名、または rtsp:// か http:// で始まる URL を入力してください。</translation>
    </message>
    <message>
        <source>A clip or a made-up face cannot stand for a patient of the clinic.</source>
        <translation>動画ファイルや架空の顔は、実際の患者の撮影には使えません。</translation>
    </message>
    <message>
        <source>Choose a real camera, or a made-up patient.</source>
        <translation>実際のカメラ、または架空の患者を選んでください。</translation>
    </message>
    <message>
        <source>The face does not look like that of this patient&apos;s earlier captures.</source>
        <translation>顔がこの患者のこれまでの撮影と似ていません。</translation>
    </message>
    <message>
        <source>Check who sits there; in the window it can be answered. Nothing was kept.</source>
        <translation>誰が座っているか確認してください。画面では回答できます。何も保存していません。</translation>
    </message>
    <message>
        <source>There is no patient with the chart number {number}.</source>
        <translation>カルテ番号{number}の患者はいません。</translation>
    </message>
    <message>
        <source>Check the number, or add the patient in the window.</source>
        <translation>番号を確認するか、画面で患者を追加してください。</translation>
    </message>
    <message>
        <source>It is not clear which session this belongs to.</source>
        <translation>どの透析のものか、はっきりしません。</translation>
    </message>
    <message>
        <source>Enter it in the window, or open a new one with --new-session.</source>
        <translation>画面で入力するか、--new-sessionで新しい透析を開いてください。</translation>
    </message>
    <message>
        <source>Another capture is still running.</source>
        <translation>別の撮影がまだ続いています。</translation>
    </message>
    <message>
        <source>Finish it first.</source>
        <translation>先にそれを終えてください。</translation>
    </message>
    <message>
        <source>The disk reported an error, so nothing was saved.</source>
        <translation>ディスクのエラーのため、保存できませんでした。</translation>
    </message>
    <message>
        <source>Check that the disk is connected and healthy, then save again.</source>
        <translation>ディスクの接続と状態を確かめてから、もう一度登録してください。</translation>
    </message>
    <message>
        <source>The database does not open with the key of this profile, or is damaged.</source>
        <translation>データベースがこのプロファイルの鍵で開けないか、壊れています。</translation>
    </message>
    <message>
        <source>Put back the file data.key that belongs to it, or restore a backup.</source>
        <translation>対応するファイル data.key を元に戻すか、バックアップを復元してください。</translation>
    </message>
    <message>
        <source>The profile has a database but no key file.</source>
        <translation>プロファイルにデータベースはありますが、鍵のファイルがありません。</translation>
    </message>
    <message>
        <source>The database is damaged.</source>
        <translation>データベースが壊れています。</translation>
    </message>
    <message>
        <source>{entered} kg or its time does not fit what is known of this patient.</source>
        <translation>{entered} kg またはその時刻が、この患者についてわかっていることと合いません。</translation>
    </message>
    <message>
        <source>Check the scale. If it is right, enter it with a reason.</source>
        <translation>体重計を確認してください。正しければ理由とともに入力してください。</translation>
    </message>
    <message>
        <source>This capture is still being recorded or analysed.</source>
        <translation>この記録はまだ録画中または解析中です。</translation>
    </message>
    <message>
        <source>Wait until it is done, then try again.</source>
        <translation>終わるまで待って、もう一度試してください。</translation>
    </message>
    <message>
        <source>The clip of this capture was destroyed and cannot be brought back.</source>
        <translation>この記録の動画は破棄されており、元に戻せません。</translation>
    </message>
    <message>
        <source>Record the face again.</source>
        <translation>もう一度顔を記録してください。</translation>
    </message>
    <message>
        <source>This capture was deleted.</source>
        <translation>この記録は削除されています。</translation>
    </message>
    <message>
        <source>Take it back on the page of its session first.</source>
        <translation>先にその透析のページで元に戻してください。</translation>
    </message>
    <message>
        <source>Put back the file users.keys or data.key that belongs to it.</source>
        <translation>このプロファイルの users.keys または data.key を元に戻してください。</translation>
    </message>
    <message>
        <source>Close EdemaDesk and open it again: it offers the newest backup.</source>
        <translation>EdemaDesk を閉じて、もう一度開いてください。最新のバックアップから元に戻せます。</translation>
    </message>
    <message>
        <source>The database was made by a newer version of EdemaDesk.</source>
        <translation>このデータベースは、より新しい EdemaDesk で作られています。</translation>
    </message>
    <message>
        <source>Install that version or a later one; nothing was changed.</source>
        <translation>その版以降をインストールしてください。何も変更していません。</translation>
    </message>
    <message>
        <source>The database is being written to by another command.</source>
        <translation>別のコマンドがデータベースに書き込んでいます。</translation>
    </message>
    <message>
        <source>Wait a moment and try again.</source>
        <translation>少し待って、やり直してください。</translation>
    </message>
    <message>
        <source>The SQLite library {found} has a known fault that can damage databases.</source>
        <translation>SQLite {found} には、データベースを壊すおそれのある既知の不具合があります。</translation>
    </message>
    <message>
        <source>Install EdemaDesk again with its own libraries.</source>
        <translation>付属のライブラリとともに EdemaDesk を再インストールしてください。</translation>
    </message>
    <message>
        <source>The patient has not consented to be recorded.</source>
        <translation>患者は撮影に同意していません。</translation>
    </message>
    <message>
        <source>Ask, and record the consent for care on the patient&apos;s page.</source>
        <translation>同意を確認し、患者の画面で診療の同意を記録してください。</translation>
    </message>
    <message>
        <source>The patient has withdrawn the consent to be recorded.</source>
        <translation>患者は撮影への同意を取り消しています。</translation>
    </message>
    <message>
        <source>Nothing is recorded until it is given again.</source>
        <translation>再び同意があるまで撮影できません。</translation>
    </message>
    <message>
        <source>The pictures are kept: the consent for care stands.</source>
        <translation>診療の同意が有効なため、画像は残ります。</translation>
    </message>
    <message>
        <source>Withdraw it first; then they can be destroyed.</source>
        <translation>先に同意を取り消すと、破棄できます。</translation>
    </message>
    <message>
        <source>That is not the chart number of this patient.</source>
        <translation>この患者のカルテ番号ではありません。</translation>
    </message>
    <message>
        <source>Nothing was erased. Read the number from the patient&apos;s chart.</source>
        <translation>何も消去していません。カルテで番号を確認してください。</translation>
    </message>
    <message>
        <source>Somebody corrected this note meanwhile.</source>
        <translation>この記録は、その間に別の人が訂正しました。</translation>
    </message>
    <message>
        <source>Close this, read the note as it stands, and correct that.</source>
        <translation>いったん閉じ、現在の記録を読んでから訂正してください。</translation>
    </message>
    <message>
        <source>The judgement is not complete.</source>
        <translation>判定が完了していません。</translation>
    </message>
    <message>
        <source>Say for each face whether there is edema and how sure you are.</source>
        <translation>それぞれの顔について、浮腫の有無と確信度を選んでください。</translation>
    </message>
    <message>
        <source>{entered} kg is outside −5 to 20 kg of excess fluid.</source>
        <translation>{entered} kg は余剰体液量の範囲(−5 から 20 kg)の外です。</translation>
    </message>
    <message>
        <source>Enter kilograms over the dry weight, or leave it empty.</source>
        <translation>ドライウェイトからの超過をkgで入力するか、空欄にしてください。</translation>
    </message>
    <message>
        <source>You wanted to judge before you see the estimate.</source>
        <translation>推定を見る前に判定する設定になっています。</translation>
    </message>
    <message>
        <source>Judge this session first, or say why you do not.</source>
        <translation>先にこの透析を判定するか、判定しない理由を入力してください。</translation>
    </message>
    <message>
        <source>This holds sessions that you wanted to judge before you see the estimate.</source>
        <translation>推定値を見る前に判定すると設定したセッションが含まれています。</translation>
    </message>
    <message>
        <source>Judge them first, choose other days, or end judging first in Settings.</source>
        <translation>先に判定するか、別の期間を選ぶか、「設定」で先に判定する設定を解除してください。</translation>
    </message>
    <message>
        <source>This session has no estimate both before and after dialysis.</source>
        <translation>この透析には、透析前と透析後の両方の推定がありません。</translation>
    </message>
    <message>
        <source>Where the model looked can be shown once both are there.</source>
        <translation>両方そろうと、モデルの着目箇所を表示できます。</translation>
    </message>
    <message>
        <source>Before and after were estimated by different models.</source>
        <translation>透析前と透析後の推定は別のモデルによるものです。</translation>
    </message>
    <message>
        <source>Let the model in use estimate the stored captures anew, then try again.</source>
        <translation>使用中のモデルで保存済みの撮影を推定し直してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>あなたの役割ではこの操作はできません。</translation>
    </message>
    <message>
        <source>Ask a clinician or an administrator, or sign in as one.</source>
        <translation>医師か管理者に依頼するか、その役割でサインインしてください。</translation>
    </message>
    <message>
        <source>Nobody has to sign in to this profile.</source>
        <translation>このプロファイルではサインインは不要です。</translation>
    </message>
    <message>
        <source>Leave --user out, or make the first administrator: edema-desk users add.</source>
        <translation>--userを外すか、edema-desk users addで最初の管理者を登録してください。</translation>
    </message>
    <message>
        <source>There is no terminal at which the password could be asked.</source>
        <translation>パスワードを尋ねる端末がありません。</translation>
    </message>
    <message>
        <source>Write it into a file and name that file in {variable}.</source>
        <translation>ファイルに書き、そのファイル名を{variable}に指定してください。</translation>
    </message>
    <message>
        <source>No user is called that.</source>
        <translation>その名前のユーザーはいません。</translation>
    </message>
    <message>
        <source>Look at the list of users.</source>
        <translation>ユーザーの一覧を確認してください。</translation>
    </message>
    <message>
        <source>This user name is taken.</source>
        <translation>このサインイン名はすでに使われています。</translation>
    </message>
    <message>
        <source>Choose another one. Names of former users are not given again.</source>
        <translation>別の名前にしてください。以前のユーザーの名前は再び使えません。</translation>
    </message>
    <message>
        <source>A user has at least one role.</source>
        <translation>ユーザーには役割が1つ以上必要です。</translation>
    </message>
    <message>
        <source>Choose what this person is in the clinic.</source>
        <translation>施設でのこの人の役割を選んでください。</translation>
    </message>
    <message>
        <source>This is the only administrator who can sign in.</source>
        <translation>サインインできる管理者はこの人だけです。</translation>
    </message>
    <message>
        <source>Make somebody else an administrator first.</source>
        <translation>先に別の人を管理者にしてください。</translation>
    </message>
    <message>
        <source>Only {least} to {most} is possible here.</source>
        <translation>ここに入力できるのは{least}から{most}までです。</translation>
    </message>
    <message>
        <source>Enter a number between them.</source>
        <translation>その範囲の数値を入力してください。</translation>
    </message>
    <message>
        <source>This is not a check code of the record of acts.</source>
        <translation>これは照合コードではありません。</translation>
    </message>
    <message>
        <source>Type all 41 signs as they stand on the sheet.</source>
        <translation>用紙にある41文字をそのまま入力してください。</translation>
    </message>
    <message>
        <source>The record of acts does not go on from the printed check code of {acts} acts.</source>
        <translation>操作記録は、印刷された{acts}件目の照合コードの続きになっていません。</translation>
    </message>
    <message>
        <source>Somebody has to sign in first.</source>
        <translation>先にサインインが必要です。</translation>
    </message>
    <message>
        <source>Sign in; on the command line with --user.</source>
        <translation>サインインしてください。コマンドラインでは --user を付けます。</translation>
    </message>
    <message>
        <source>Name and password do not fit together.</source>
        <translation>ユーザー名とパスワードが合いません。</translation>
    </message>
    <message>
        <source>Type them again; a new password is set by an administrator.</source>
        <translation>もう一度入力してください。新しいパスワードは管理者が設定します。</translation>
    </message>
    <message>
        <source>There were too many wrong passwords.</source>
        <translation>パスワードの間違いが続きました。</translation>
    </message>
    <message>
        <source>Wait {seconds} seconds, then try again.</source>
        <translation>{seconds} 秒待ってから、もう一度試してください。</translation>
    </message>
    <message>
        <source>The password is too short.</source>
        <translation>パスワードが短すぎます。</translation>
    </message>
    <message>
        <source>Take {least} signs or more; a few words in a row are easy to remember.</source>
        <translation>{least} 文字以上にしてください。いくつかの言葉を続けると覚えやすくなります。</translation>
    </message>
    <message>
        <source>The password is the user name.</source>
        <translation>パスワードがユーザー名と同じです。</translation>
    </message>
    <message>
        <source>Take another one.</source>
        <translation>別のパスワードにしてください。</translation>
    </message>
    <message>
        <source>This is no recovery code: a sign is wrong, missing or too many.</source>
        <translation>復旧コードではありません。文字の間違い、不足、または余分があります。</translation>
    </message>
    <message>
        <source>Compare it with the printed one, group by group.</source>
        <translation>印刷したコードと 1 組ずつ見比べてください。</translation>
    </message>
    <message>
        <source>This recovery code does not open this profile.</source>
        <translation>この復旧コードではこのプロファイルを開けません。</translation>
    </message>
    <message>
        <source>Look for the one that was printed last; a new code ends the earlier one.</source>
        <translation>最後に印刷したコードを探してください。新しいコードを作ると前のコードは使えなくなります。</translation>
    </message>
    <message>
        <source>The file with the keys of the users cannot be read.</source>
        <translation>ユーザーの鍵のファイルを読み取れません。</translation>
    </message>
    <message>
        <source>Put back users.keys from the newest backup.</source>
        <translation>最新のバックアップから users.keys を戻してください。</translation>
    </message>
    <message>
        <source>The keys of the users were written by a newer EdemaDesk.</source>
        <translation>ユーザーの鍵は新しい版の EdemaDesk で書かれています。</translation>
    </message>
    <message>
        <source>Install that version or a newer one.</source>
        <translation>その版か、より新しい版をインストールしてください。</translation>
    </message>
    <message>
        <source>This system has no key store that EdemaDesk can use.</source>
        <translation>このシステムには EdemaDesk が使える鍵の保管庫がありません。</translation>
    </message>
    <message>
        <source>Install EdemaDesk with its extra “keystore”, or leave the key in its file.</source>
        <translation>追加機能「keystore」を付けて EdemaDesk をインストールするか、鍵をファイルに置いたままにしてください。</translation>
    </message>
    <message>
        <source>This profile has users: their passwords open it.</source>
        <translation>このプロファイルにはユーザーがいて、そのパスワードで開きます。</translation>
    </message>
    <message>
        <source>There is no key to be moved.</source>
        <translation>移す鍵はありません。</translation>
    </message>
    <message>
        <source>The key of this profile is not in the key store of this system.</source>
        <translation>このプロファイルの鍵は、このシステムの鍵の保管庫にありません。</translation>
    </message>
    <message>
        <source>Sign in to the system as the one who put it there, and try again.</source>
        <translation>鍵を保管した人としてシステムにサインインし、もう一度試してください。</translation>
    </message>
    <message>
        <source>EdemaDesk is already open on this profile.</source>
        <translation>このプロファイルの EdemaDesk はすでに開いています。</translation>
    </message>
    <message>
        <source>Use the open window, or close it first.</source>
        <translation>開いている画面を使うか、先に閉じてください。</translation>
    </message>
    <message>
        <source>{path} is kept the same elsewhere by {name}, which would damage the database.</source>
        <translation>{path}は{name}によって他の場所と同期されており、データベースが壊れるおそれがあります。</translation>
    </message>
    <message>
        <source>Choose a folder of this PC alone with --profile. Backups may go to such a folder.</source>
        <translation>--profileで、このPCだけのフォルダを選んでください。バックアップの保存先には使えます。</translation>
    </message>
    <message>
        <source>{path} lies on another computer, which would damage the database.</source>
        <translation>{path}は別のコンピューターにあり、データベースが壊れるおそれがあります。</translation>
    </message>
    <message>
        <source>Choose a folder of this PC alone with --profile. Backups may go to the network.</source>
        <translation>--profileで、このPCだけのフォルダを選んでください。バックアップはネットワークにも保存できます。</translation>
    </message>
    <message>
        <source>The backup folder {path} is not there.</source>
        <translation>バックアップフォルダ{path}が見つかりません。</translation>
    </message>
    <message>
        <source>Connect its disk: the backup goes on by itself.</source>
        <translation>ディスクを接続してください。バックアップは自動で再開します。</translation>
    </message>
    <message>
        <source>{path} holds the backups of other records.</source>
        <translation>{path}には別の記録のバックアップがあります。</translation>
    </message>
    <message>
        <source>Choose an empty folder, or restore those backups first.</source>
        <translation>空のフォルダを選ぶか、先にそのバックアップを復元してください。</translation>
    </message>
    <message>
        <source>{path} is one of the folders EdemaDesk works in.</source>
        <translation>{path}はEdemaDeskが使っているフォルダです。</translation>
    </message>
    <message>
        <source>Choose a folder of its own, best on another disk.</source>
        <translation>専用のフォルダを、できれば別のディスクに選んでください。</translation>
    </message>
    <message>
        <source>The backup folder {path} cannot be written to.</source>
        <translation>バックアップフォルダ{path}に書き込めません。</translation>
    </message>
    <message>
        <source>Check its disk and that you may write there, or choose another folder.</source>
        <translation>ディスクと書き込み権限を確かめるか、別のフォルダを選んでください。</translation>
    </message>
    <message>
        <source>There is too little room for a backup: {free} GB free, {needed} GB needed.</source>
        <translation>バックアップの空き容量が足りません：空き{free} GB、必要{needed} GB。</translation>
    </message>
    <message>
        <source>Make room on that disk, or choose another folder.</source>
        <translation>そのディスクの空きを増やすか、別のフォルダを選んでください。</translation>
    </message>
    <message>
        <source>There is no backup in {path}.</source>
        <translation>{path}にバックアップはありません。</translation>
    </message>
    <message>
        <source>Choose the folder the backups were kept in.</source>
        <translation>バックアップを保存していたフォルダを選んでください。</translation>
    </message>
    <message>
        <source>This backup is damaged.</source>
        <translation>このバックアップは壊れています。</translation>
    </message>
    <message>
        <source>Choose an earlier one; nothing was changed.</source>
        <translation>もっと前のものを選んでください。何も変更していません。</translation>
    </message>
    <message>
        <source>These backups were made by a newer version of EdemaDesk.</source>
        <translation>これらのバックアップは新しい版のEdemaDeskで作られました。</translation>
    </message>
    <message>
        <source>{path} holds other records than this backup.</source>
        <translation>{path}にはこのバックアップとは別の記録があります。</translation>
    </message>
    <message>
        <source>Restore into an empty folder, named with --profile.</source>
        <translation>--profileで空のフォルダを指定して復元してください。</translation>
    </message>
    <message>
        <source>The profile folder {path} cannot be written to.</source>
        <translation>プロファイルのフォルダ {path} に書き込めません。</translation>
    </message>
    <message>
        <source>Choose another with --profile, or ask for access.</source>
        <translation>--profile で別のフォルダを指定するか、権限を依頼してください。</translation>
    </message>
    <message>
        <source>{path} cannot be written to.</source>
        <translation>{path} に書き込めません。</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>別の場所を選んでください。</translation>
    </message>
    <message>
        <source>{path} already holds something.</source>
        <translation>{path} にはすでに何かが入っています。</translation>
    </message>
    <message>
        <source>Choose another name, or an empty folder.</source>
        <translation>別の名前か、空のフォルダを選んでください。</translation>
    </message>
    <message>
        <source>Nobody is due in this shift.</source>
        <translation>このクールに来院予定の患者はいません。</translation>
    </message>
    <message>
        <source>Choose another shift.</source>
        <translation>別のクールを選んでください。</translation>
    </message>
    <message>
        <source>There is too little room for {path}. Nothing was kept there.</source>
        <translation>{path} の空き容量が足りません。途中のものは残していません。</translation>
    </message>
    <message>
        <source>Make room, or choose another disk.</source>
        <translation>空きを作るか、別のディスクを選んでください。</translation>
    </message>
    <message>
        <source>These records are being exported already.</source>
        <translation>この記録は書き出し中です。</translation>
    </message>
    <message>
        <source>Wait until that is done, or cancel it.</source>
        <translation>終わるのを待つか、中止してください。</translation>
    </message>
    <message>
        <source>There is nothing that may go out.</source>
        <translation>書き出せるものがありません。</translation>
    </message>
    <message>
        <source>Choose others or a longer period, or record the consent first.</source>
        <translation>対象や期間を変えるか、先に同意を記録してください。</translation>
    </message>
    <message>
        <source>A consent was withdrawn meanwhile. Nothing went out.</source>
        <translation>途中で同意が取り消されました。何も書き出していません。</translation>
    </message>
    <message>
        <source>Export again without that patient.</source>
        <translation>その患者を除いて書き出し直してください。</translation>
    </message>
    <message>
        <source>These patients do not come from the same place: made-up, study, or clinic.</source>
        <translation>データの出所(架空・研究・当施設)が異なる患者が混ざっています。</translation>
    </message>
    <message>
        <source>Export them separately.</source>
        <translation>別々に書き出してください。</translation>
    </message>
    <message>
        <source>Names go out only of patients that are named one by one.</source>
        <translation>氏名付きで書き出せるのは、一人ずつ指定した患者だけです。</translation>
    </message>
    <message>
        <source>Choose a patient, or export under codes.</source>
        <translation>患者を指定するか、研究用コードで書き出してください。</translation>
    </message>
    <message>
        <source>A study goes out under codes only.</source>
        <translation>研究フォルダは研究用コードでのみ書き出せます。</translation>
    </message>
    <message>
        <source>Export it without names.</source>
        <translation>氏名なしで書き出してください。</translation>
    </message>
    <message>
        <source>The model package {name} is missing or incomplete.</source>
        <translation>モデル {name} がないか、不完全です。</translation>
    </message>
    <message>
        <source>Install EdemaDesk again, or put the folder back.</source>
        <translation>EdemaDesk を再インストールするか、フォルダを元に戻してください。</translation>
    </message>
    <message>
        <source>The weights of the model {name} are not those its card names.</source>
        <translation>モデル {name} の重みが、モデルカードの記載と一致しません。</translation>
    </message>
    <message>
        <source>Install EdemaDesk again, or put the original folder back.</source>
        <translation>EdemaDesk を再インストールするか、元のフォルダに戻してください。</translation>
    </message>
    <message>
        <source>The card of the model {name} is not valid: {detail}.</source>
        <translation>モデル {name} のモデルカードが正しくありません({detail})。</translation>
    </message>
    <message>
        <source>Put the original folder back.</source>
        <translation>元のフォルダに戻してください。</translation>
    </message>
    <message>
        <source>The model {name} has a format this version does not know.</source>
        <translation>モデル {name} の形式は、この版では扱えません。</translation>
    </message>
    <message>
        <source>Install a newer version of EdemaDesk.</source>
        <translation>より新しい EdemaDesk をインストールしてください。</translation>
    </message>
    <message>
        <source>The model {name} brings no self-check that this version can run.</source>
        <translation>モデル {name} には、この版で実行できる自己検査がありません。</translation>
    </message>
    <message>
        <source>Ask whoever made it for a package made with this version.</source>
        <translation>この版で作られたパッケージを作成者に依頼してください。</translation>
    </message>
    <message>
        <source>On this PC the model {name} says something else of the reference faces than its card promises: {found} kg apart, at most {limit} kg are allowed.</source>
        <translation>この PC では、基準顔に対するモデル {name} の値がモデルカードの記載と一致しません(差 {found} kg、許容 {limit} kg)。</translation>
    </message>
    <message>
        <source>The model in use goes on. Report it to whoever made the model.</source>
        <translation>使用中のモデルはそのまま使えます。モデルの作成者に連絡してください。</translation>
    </message>
    <message>
        <source>The model {name} is not signed, and this clinic takes signed models only.</source>
        <translation>モデル {name} には署名がありません。この施設は署名付きのモデルだけを受け入れます。</translation>
    </message>
    <message>
        <source>Ask whoever made it for a signed package.</source>
        <translation>署名付きのパッケージを作成者に依頼してください。</translation>
    </message>
    <message>
        <source>The signature of the model {name} is by nobody this clinic trusts.</source>
        <translation>モデル {name} の署名は、この施設が信頼する署名者のものではありません。</translation>
    </message>
    <message>
        <source>Do not use it. Ask whoever made it where the package comes from.</source>
        <translation>使用しないでください。パッケージの出所を作成者に確認してください。</translation>
    </message>
    <message>
        <source>{name} is not an Ed25519 key in PEM form without a password.</source>
        <translation>{name} は、パスワードなしの PEM 形式の Ed25519 鍵ではありません。</translation>
    </message>
    <message>
        <source>Choose the key file itself.</source>
        <translation>鍵ファイルそのものを選んでください。</translation>
    </message>
    <message>
        <source>No model {name} is installed.</source>
        <translation>モデル {name} は導入されていません。</translation>
    </message>
    <message>
        <source>See the list of models, and install it if it is missing.</source>
        <translation>モデルの一覧を確認し、なければ導入してください。</translation>
    </message>
    <message>
        <source>The model {name} is in use or part of the program.</source>
        <translation>モデル {name} は使用中か、プログラムの一部です。</translation>
    </message>
    <message>
        <source>Activate another model before you remove it.</source>
        <translation>削除する前に、別のモデルに切り替えてください。</translation>
    </message>
    <message>
        <source>One of the two models learned from every patient with captures to compare.</source>
        <translation>比べられる撮影がある患者は全員、2つのモデルのどちらかの学習に使われています。</translation>
    </message>
    <message>
        <source>Compare them once there are captures of other patients.</source>
        <translation>ほかの患者の撮影ができてから比べてください。</translation>
    </message>
    <message>
        <source>There is no earlier model to go back to.</source>
        <translation>戻せる以前のモデルがありません。</translation>
    </message>
    <message>
        <source>Activate a model of the list instead.</source>
        <translation>一覧のモデルを選んで切り替えてください。</translation>
    </message>
    <message>
        <source>The way of transfer {kind} does not fit this network.</source>
        <translation>個人への適用方法 {kind} は、このネットワークでは使えません。</translation>
    </message>
    <message>
        <source>Choose another with --transfer.</source>
        <translation>--transfer で別の方法を選んでください。</translation>
    </message>
    <message>
        <source>A model cannot be called {name}.</source>
        <translation>モデルの名前に {name} は使えません。</translation>
    </message>
    <message>
        <source>Use letters, figures, and single spaces, dots or hyphens between them.</source>
        <translation>文字と数字を使い、間には空白・ピリオド・ハイフンを一つずつ入れられます。</translation>
    </message>
    <message>
        <source>A training is under way, or was stopped and may go on.</source>
        <translation>学習が進行中か、止まったまま再開を待っています。</translation>
    </message>
    <message>
        <source>Let it end, or give it up, before you begin another.</source>
        <translation>終わるのを待つか、やめてから、次を始めてください。</translation>
    </message>
    <message>
        <source>There is no training that could go on.</source>
        <translation>再開できる学習はありません。</translation>
    </message>
    <message>
        <source>Begin a new one.</source>
        <translation>新しく始めてください。</translation>
    </message>
    <message>
        <source>This computer has no {device} device that can be used.</source>
        <translation>この PC には、使用できる {device} 装置がありません。</translation>
    </message>
    <message>
        <source>Train without --device, or on a computer that has one.</source>
        <translation>--device を付けずに学習するか、装置のある PC で学習してください。</translation>
    </message>
    <message>
        <source>The inbox folder {path} cannot be reached.</source>
        <translation>受信フォルダ {path} に接続できません。</translation>
    </message>
    <message>
        <source>Check that the share or disk is connected; files are taken in once it is.</source>
        <translation>共有フォルダやディスクの接続を確認してください。接続されると取り込みを再開します。</translation>
    </message>
    <message>
        <source>{path} cannot be the inbox: the program keeps its own files there.</source>
        <translation>{path} は受信フォルダにできません。プログラム自身のファイルがあります。</translation>
    </message>
    <message>
        <source>Choose a folder that only clips are put into.</source>
        <translation>動画だけを入れるフォルダを選んでください。</translation>
    </message>
    <message>
        <source>The inbox of this profile is being worked on by another program.</source>
        <translation>この受信フォルダは別のプログラムが処理しています。</translation>
    </message>
    <message>
        <source>An open window takes files in by itself; or close it and try again.</source>
        <translation>開いている画面が自動で取り込みます。または閉じてからもう一度試してください。</translation>
    </message>
    <message>
        <source>{name} changed while it was being copied.</source>
        <translation>{name} はコピー中に変更されました。</translation>
    </message>
    <message>
        <source>It is taken in once it rests.</source>
        <translation>変更が終わると取り込みます。</translation>
    </message>
    <message>
        <source>The analysis stopped unexpectedly and was restarted.</source>
        <translation>解析が予期せず停止したため、再起動しました。</translation>
    </message>
    <message>
        <source>Nothing is lost; try again.</source>
        <translation>失われたものはありません。やり直してください。</translation>
    </message>
    <message>
        <source>The analysis did not answer in time and was restarted.</source>
        <translation>解析が時間内に応答しなかったため、再起動しました。</translation>
    </message>
    <message>
        <source>Stopped as you asked.</source>
        <translation>中止しました。</translation>
    </message>
    <message>
        <source>Nothing is left half done.</source>
        <translation>途中までのものは残していません。</translation>
    </message>
    <message>
        <source>{path} holds no study.csv.</source>
        <translation>{path} に study.csv がありません。</translation>
    </message>
    <message>
        <source>Choose the folder that does.</source>
        <translation>study.csv のあるフォルダを選んでください。</translation>
    </message>
    <message>
        <source>study.csv lacks the columns {columns}.</source>
        <translation>study.csv に列 {columns} がありません。</translation>
    </message>
    <message>
        <source>Add them; the format is described in the user guide.</source>
        <translation>列を加えてください。形式は利用の手引きにあります。</translation>
    </message>
    <message>
        <source>study.csv has a header and no rows.</source>
        <translation>study.csv には見出しだけで行がありません。</translation>
    </message>
    <message>
        <source>Add the captures.</source>
        <translation>撮影の行を加えてください。</translation>
    </message>
    <message>
        <source>No row of study.csv could be read.</source>
        <translation>study.csv の行を1つも読めませんでした。</translation>
    </message>
    <message>
        <source>Mend the rows listed and import again.</source>
        <translation>示された行を直して、取り込み直してください。</translation>
    </message>
    <message>
        <source>The study has {found} and needs at least {limit}.</source>
        <translation>研究データは {found} ですが、{limit} 以上が必要です。</translation>
    </message>
    <message>
        <source>Use a larger study.</source>
        <translation>より大きな研究データを使ってください。</translation>
    </message>
    <message>
        <source>study.csv has the columns {columns} more than once.</source>
        <translation>study.csv に列 {columns} が重複しています。</translation>
    </message>
    <message>
        <source>Keep one of each.</source>
        <translation>それぞれ1つにしてください。</translation>
    </message>
    <message>
        <source>study.csv is not text in UTF-8.</source>
        <translation>study.csv が UTF-8 のテキストではありません。</translation>
    </message>
    <message>
        <source>Save it again as CSV with UTF-8.</source>
        <translation>UTF-8 の CSV で保存し直してください。</translation>
    </message>
    <message>
        <source>The row is not whole: a field or a quotation mark is missing or too many.</source>
        <translation>行が不完全です。項目または引用符に過不足があります。</translation>
    </message>
    <message>
        <source>Write it with as many fields as the header has.</source>
        <translation>見出しと同じ数の項目にしてください。</translation>
    </message>
    <message>
        <source>“{entered}” is not a phase.</source>
        <translation>「{entered}」は区分ではありません。</translation>
    </message>
    <message>
        <source>Write pre, post or spot.</source>
        <translation>pre・post・spot のいずれかにしてください。</translation>
    </message>
    <message>
        <source>“{entered}” is not a time of day.</source>
        <translation>「{entered}」は時刻ではありません。</translation>
    </message>
    <message>
        <source>Write it as HH:MM.</source>
        <translation>HH:MM の形で書いてください。</translation>
    </message>
    <message>
        <source>The clip lies outside the study&apos;s folder.</source>
        <translation>動画が研究フォルダの外にあります。</translation>
    </message>
    <message>
        <source>Put it into the folder and name it relative to it.</source>
        <translation>フォルダの中に置き、相対パスで指定してください。</translation>
    </message>
    <message>
        <source>The folder holds no such clip.</source>
        <translation>フォルダにその動画がありません。</translation>
    </message>
    <message>
        <source>Copy the clip into the folder, or mend its name.</source>
        <translation>動画をフォルダにコピーするか、名前を直してください。</translation>
    </message>
    <message>
        <source>Line {line} holds the same patient, date and phase.</source>
        <translation>{line} 行目に同じ患者・日付・区分があります。</translation>
    </message>
    <message>
        <source>Keep one of the two.</source>
        <translation>どちらか1つにしてください。</translation>
    </message>
    <message>
        <source>{count} people are in both studies.</source>
        <translation>{count} 名が両方の研究データに含まれています。</translation>
    </message>
    <message>
        <source>Judge the model on a study of other people.</source>
        <translation>別の人物の研究データでモデルを評価してください。</translation>
    </message>
    <message>
        <source>{path} holds no picture or clip with one clear face.</source>
        <translation>{path} に、はっきりした顔が1つだけ写った写真や動画がありません。</translation>
    </message>
    <message>
        <source>Choose a folder of face photographs or clips.</source>
        <translation>顔写真または動画のフォルダを選んでください。</translation>
    </message>
    <message>
        <source>{path} shows nobody of the name {names}.</source>
        <translation>{path} に {names} という名前の人物はいません。</translation>
    </message>
    <message>
        <source>A person&apos;s name is that of the file up to its last underscore.</source>
        <translation>人物の名前は、ファイル名の最後の下線より前の部分です。</translation>
    </message>
    <message>
        <source>{path} shows {found} people clearly, and {limit} are wanted.</source>
        <translation>{path} にはっきり写っている人物は {found} 名ですが、{limit} 名必要です。</translation>
    </message>
    <message>
        <source>Ask for fewer patients, or add pictures of other people.</source>
        <translation>人数を減らすか、別の人物の写真を加えてください。</translation>
    </message>
    <message>
        <source>There is no screen to open the window on.</source>
        <translation>画面を開けるディスプレイがありません。</translation>
    </message>
    <message>
        <source>Use --headless FOLDER to write the pages as pictures.</source>
        <translation>--headless フォルダ で、画面を画像として書き出せます。</translation>
    </message>
    <message>
        <source>no face</source>
        <translation>顔なし</translation>
    </message>
    <message>
        <source>more than one face</source>
        <translation>顔が複数</translation>
    </message>
    <message>
        <source>face too small</source>
        <translation>顔が小さい</translation>
    </message>
    <message>
        <source>face cut off at the edge</source>
        <translation>顔が画面端で切れている</translation>
    </message>
    <message>
        <source>turned to the side</source>
        <translation>横向き</translation>
    </message>
    <message>
        <source>looking up or down</source>
        <translation>上向き・下向き</translation>
    </message>
    <message>
        <source>head tilted</source>
        <translation>首の傾き</translation>
    </message>
    <message>
        <source>too dark</source>
        <translation>暗すぎる</translation>
    </message>
    <message>
        <source>too bright</source>
        <translation>明るすぎる</translation>
    </message>
    <message>
        <source>light from one side</source>
        <translation>光が片側から</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>ぼけ</translation>
    </message>
    <message>
        <source>mouth wide open</source>
        <translation>口を開けている</translation>
    </message>
    <message>
        <source>eyes closed</source>
        <translation>目を閉じている</translation>
    </message>
    <message>
        <source>good, but not needed</source>
        <translation>良好だが不要</translation>
    </message>
    <message>
        <source>No face was found in the clip.</source>
        <translation>動画に顔が見つかりませんでした。</translation>
    </message>
    <message>
        <source>Record again with the face in the middle of the picture.</source>
        <translation>顔を画面の中央に入れて撮影し直してください。</translation>
    </message>
    <message>
        <source>More than one face is in the picture.</source>
        <translation>画面に複数の顔があります。</translation>
    </message>
    <message>
        <source>Record again with the patient alone in view.</source>
        <translation>患者だけが写るように撮影し直してください。</translation>
    </message>
    <message>
        <source>The face is too small in the picture.</source>
        <translation>顔が小さすぎます。</translation>
    </message>
    <message>
        <source>Record again from closer by.</source>
        <translation>近づいて撮影し直してください。</translation>
    </message>
    <message>
        <source>The face is turned away from the camera.</source>
        <translation>顔がカメラの方を向いていません。</translation>
    </message>
    <message>
        <source>Record again with the patient looking at the lens.</source>
        <translation>レンズを見てもらい、撮影し直してください。</translation>
    </message>
    <message>
        <source>The light is too dark, too bright or from one side.</source>
        <translation>暗すぎる、明るすぎる、または光が片側からです。</translation>
    </message>
    <message>
        <source>Record again with light from the front.</source>
        <translation>正面から光を当てて撮影し直してください。</translation>
    </message>
    <message>
        <source>The picture is blurred.</source>
        <translation>映像がぼけています。</translation>
    </message>
    <message>
        <source>Clean the lens, hold still and record again.</source>
        <translation>レンズを拭き、動かさずに撮影し直してください。</translation>
    </message>
    <message>
        <source>The eyes are closed.</source>
        <translation>目が閉じています。</translation>
    </message>
    <message>
        <source>Record again with the eyes open, looking at the lens.</source>
        <translation>目を開けてレンズを見た状態で、撮り直してください。</translation>
    </message>
    <message>
        <source>The mouth is wide open.</source>
        <translation>口が大きく開いています。</translation>
    </message>
    <message>
        <source>Record again with the mouth closed, without talking.</source>
        <translation>口を閉じ、話さずに、撮り直してください。</translation>
    </message>
    <message>
        <source>Fewer than {limit} usable frames were found.</source>
        <translation>使用できるフレームが {limit} 枚に足りません。</translation>
    </message>
    <message>
        <source>Record a longer clip: looking at the lens, eyes open, mouth closed.</source>
        <translation>レンズを見て、目を開け、口を閉じてもらい、より長く撮影してください。</translation>
    </message>
    <message>
        <source>There is no earlier session of this patient with a weight to compare with.</source>
        <translation>この患者には、比べるもとになる体重付きの以前の透析がありません。</translation>
    </message>
    <message>
        <source>The estimate starts with the second session.</source>
        <translation>推定は2回目の透析から始まります。</translation>
    </message>
    <message>
        <source>The estimate would be too uncertain to tell anything.</source>
        <translation>推定が不確かすぎるため、数値を示せません。</translation>
    </message>
    <message>
        <source>More sessions of this patient with a weight and a clip make it surer.</source>
        <translation>この患者の、体重と動画のそろった透析が増えると確かになります。</translation>
    </message>
    <message>
        <source>The face does not look like that of this patient&apos;s earlier clips.</source>
        <translation>この患者の以前の動画の顔と一致しません。</translation>
    </message>
    <message>
        <source>Check whose clip this is. If it is this patient&apos;s, record it again.</source>
        <translation>誰の動画か確認してください。この患者の動画であれば、撮影し直してください。</translation>
    </message>
    <message>
        <source>The face is partly covered, or looks unlike any the model has learned from.</source>
        <translation>顔の一部が隠れているか、モデルが学習した顔と大きく違って見えます。</translation>
    </message>
    <message>
        <source>Record again with the whole face free: no mask, dark glasses or hand.</source>
        <translation>マスクやサングラスを外し、手などで隠れないようにして、顔全体を撮影し直してください。</translation>
    </message>
    <message>
        <source>The clip could not be read.</source>
        <translation>動画を読めませんでした。</translation>
    </message>
    <message>
        <source>Record or import it again.</source>
        <translation>撮影し直すか、取り込み直してください。</translation>
    </message>
    <message>
        <source>{entered} kg is {percent} % away from the last weight after dialysis.</source>
        <translation>{entered} kg は、前回の透析後体重と {percent} % 違います。</translation>
    </message>
    <message>
        <source>Read the scale again. If it is right, say why.</source>
        <translation>体重計を読み直してください。正しければ理由を入力してください。</translation>
    </message>
    <message>
        <source>{entered} kg is {percent} % away from the dry weight.</source>
        <translation>{entered} kg は、ドライウェイトと {percent} % 違います。</translation>
    </message>
    <message>
        <source>The weight after dialysis is above the one before.</source>
        <translation>透析後の体重が透析前より大きくなっています。</translation>
    </message>
    <message>
        <source>The time of this weight has not come yet.</source>
        <translation>この体重の時刻はまだ先です。</translation>
    </message>
    <message>
        <source>Check the time. If it is right, say why.</source>
        <translation>時刻を確認してください。正しければ理由を書いてください。</translation>
    </message>
    <message>
        <source>The time of this weight is before what was entered for its session earlier.</source>
        <translation>この体重の時刻は、この透析で先に入力されたものより前です。</translation>
    </message>
    <message>
        <source>The spread comes from made-up swelling of photographs and promises nothing about patients.</source>
        <translation>推定幅は写真に合成したむくみから求めたもので、実際の患者での精度を保証するものではありません。</translation>
    </message>
    <message>
        <source>The interval is so wide that the scale lay within it in nine of ten estimates of this clinic.</source>
        <translation>予測区間は、この施設の推定の10件中9件で体重計の値が収まった幅です。</translation>
    </message>
    <message>
        <source>The interval is so wide that the scale lay within it in nine of ten estimates of this patient.</source>
        <translation>予測区間は、この患者の推定の10件中9件で体重計の値が収まった幅です。</translation>
    </message>
    <message>
        <source>Research use, not for diagnosis</source>
        <translation>研究用・診断には使用できません</translation>
    </message>
    <message>
        <source>Face into the oval, please</source>
        <translation>顔を楕円の中に入れてください</translation>
    </message>
    <message>
        <source>Only one person, please</source>
        <translation>お一人だけ映ってください</translation>
    </message>
    <message>
        <source>Come closer</source>
        <translation>もう少し近づいてください</translation>
    </message>
    <message>
        <source>Move back a little</source>
        <translation>少し離れてください</translation>
    </message>
    <message>
        <source>A little to your left</source>
        <translation>少し左へ動いてください</translation>
    </message>
    <message>
        <source>A little to your right</source>
        <translation>少し右へ動いてください</translation>
    </message>
    <message>
        <source>A little higher</source>
        <translation>少し上へ動いてください</translation>
    </message>
    <message>
        <source>A little lower</source>
        <translation>少し下へ動いてください</translation>
    </message>
    <message>
        <source>Look at the camera</source>
        <translation>カメラを見てください</translation>
    </message>
    <message>
        <source>Head upright, please</source>
        <translation>頭をまっすぐにしてください</translation>
    </message>
    <message>
        <source>Chin level, please</source>
        <translation>あごを水平にしてください</translation>
    </message>
    <message>
        <source>More light, please</source>
        <translation>もっと明るくしてください</translation>
    </message>
    <message>
        <source>Less light, please</source>
        <translation>明るすぎます。光を弱めてください</translation>
    </message>
    <message>
        <source>Light from the front, please</source>
        <translation>正面から光を当ててください</translation>
    </message>
    <message>
        <source>Hold still, looking at the camera</source>
        <translation>カメラを見たまま動かないでください</translation>
    </message>
    <message>
        <source>Mouth closed, please</source>
        <translation>口を閉じてください</translation>
    </message>
    <message>
        <source>Eyes open, please</source>
        <translation>目を開けてください</translation>
    </message>
    <message>
        <source>Relax your face</source>
        <translation>顔の力を抜いてください</translation>
    </message>
    <message>
        <source>Good. Stay like that</source>
        <translation>そのままでお願いします</translation>
    </message>
    <message>
        <source>Nearly done</source>
        <translation>もうすぐ終わります</translation>
    </message>
    <message>
        <source>Well done, thank you</source>
        <translation>終わりました。ありがとうございました</translation>
    </message>
    <message>
        <source>The camera is gone.</source>
        <translation>カメラが外れました。</translation>
    </message>
    <message>
        <source>Plug it in again, then go on with a new take.</source>
        <translation>つなぎ直してから、撮り直して続けてください。</translation>
    </message>
    <message>
        <source>The picture stands still.</source>
        <translation>映像が止まっています。</translation>
    </message>
    <message>
        <source>Plug the camera out and in, then go on.</source>
        <translation>カメラを抜き差ししてから続けてください。</translation>
    </message>
    <message>
        <source>The picture is black.</source>
        <translation>映像が真っ暗です。</translation>
    </message>
    <message>
        <source>Open the cover of the lens.</source>
        <translation>レンズのカバーを開けてください。</translation>
    </message>
    <message>
        <source>No pictures come from the camera.</source>
        <translation>カメラから映像が届きません。</translation>
    </message>
    <message>
        <source>Check its cable or the network.</source>
        <translation>ケーブルまたはネットワークを確認してください。</translation>
    </message>
    <message>
        <source>The guidance stopped, the recording goes on.</source>
        <translation>案内が停止しましたが、録画は続いています。</translation>
    </message>
    <message>
        <source>Let the patient look at the camera for a minute, then finish.</source>
        <translation>患者に1分ほどカメラを見てもらってから終了してください。</translation>
    </message>
    <message>
        <source>Little room is left on the disk.</source>
        <translation>ディスクの空きが少なくなっています。</translation>
    </message>
    <message>
        <source>Make room after this capture.</source>
        <translation>この撮影のあとで空きを作ってください。</translation>
    </message>
    <message>
        <source>The disk is full and the recording stopped.</source>
        <translation>ディスクがいっぱいになり、録画が停止しました。</translation>
    </message>
    <message>
        <source>Finish, then make room.</source>
        <translation>終了してから空きを作ってください。</translation>
    </message>
    <message>
        <source>Some pictures were lost.</source>
        <translation>一部のフレームが失われました。</translation>
    </message>
    <message>
        <source>Close other programs on this PC.</source>
        <translation>このPCのほかのプログラムを閉じてください。</translation>
    </message>
    <message>
        <source>Still arriving</source>
        <translation>受信中</translation>
    </message>
    <message>
        <source>Being copied</source>
        <translation>コピー中</translation>
    </message>
    <message>
        <source>In the queue</source>
        <translation>順番待ち</translation>
    </message>
    <message>
        <source>Being looked at</source>
        <translation>解析中</translation>
    </message>
    <message>
        <source>Taken in</source>
        <translation>取り込み済み</translation>
    </message>
    <message>
        <source>Waits for you</source>
        <translation>確認待ち</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>取り込み不可</translation>
    </message>
    <message>
        <source>Already stored</source>
        <translation>保存済み</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>取り消し済み</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>除外済み</translation>
    </message>
    <message>
        <source>The file&apos;s name holds no chart number.</source>
        <translation>ファイル名にカルテ番号がありません。</translation>
    </message>
    <message>
        <source>Choose whom the clip shows.</source>
        <translation>動画の患者を選んでください。</translation>
    </message>
    <message>
        <source>No patient has the chart number in the file&apos;s name.</source>
        <translation>ファイル名のカルテ番号の患者がいません。</translation>
    </message>
    <message>
        <source>Choose whom the clip shows, or add the patient first.</source>
        <translation>動画の患者を選ぶか、先に患者を登録してください。</translation>
    </message>
    <message>
        <source>The file&apos;s name fits more than one patient.</source>
        <translation>ファイル名に当てはまる患者が複数います。</translation>
    </message>
    <message>
        <source>The file&apos;s name does not say when in dialysis.</source>
        <translation>ファイル名に透析の前後がありません。</translation>
    </message>
    <message>
        <source>Choose before, after or in between.</source>
        <translation>透析前、透析後、随時から選んでください。</translation>
    </message>
    <message>
        <source>The file&apos;s name says both before and after dialysis.</source>
        <translation>ファイル名に透析前と透析後の両方があります。</translation>
    </message>
    <message>
        <source>Choose one.</source>
        <translation>どちらかを選んでください。</translation>
    </message>
    <message>
        <source>The file&apos;s name holds more than one day.</source>
        <translation>ファイル名に日付が複数あります。</translation>
    </message>
    <message>
        <source>Choose the day of the clip.</source>
        <translation>動画の日付を選んでください。</translation>
    </message>
    <message>
        <source>The time of the clip lies ahead of this computer&apos;s clock.</source>
        <translation>動画の時刻がこのパソコンの時計より先です。</translation>
    </message>
    <message>
        <source>Check the day, and the clock of the tablet.</source>
        <translation>日付とタブレットの時計を確認してください。</translation>
    </message>
    <message>
        <source>It is not clear which session the clip belongs to.</source>
        <translation>どの透析の動画か決められません。</translation>
    </message>
    <message>
        <source>Choose the session.</source>
        <translation>透析を選んでください。</translation>
    </message>
    <message>
        <source>The session already has a clip for that phase.</source>
        <translation>その透析には同じ時点の動画がすでにあります。</translation>
    </message>
    <message>
        <source>Choose another session or phase, or set this clip aside.</source>
        <translation>別の透析や時点を選ぶか、この動画を除外してください。</translation>
    </message>
    <message>
        <source>The patient has not consented to be recorded, or has withdrawn the consent.</source>
        <translation>患者は撮影に同意していないか、同意を取り消しています。</translation>
    </message>
    <message>
        <source>Record the consent on the patient&apos;s page: then the clip goes on by itself.</source>
        <translation>患者の画面で同意を記録すると、動画は自動で取り込まれます。</translation>
    </message>
    <message>
        <source>The JSON file beside the clip cannot be read.</source>
        <translation>付属の JSON ファイルを読めません。</translation>
    </message>
    <message>
        <source>Choose whom the clip shows, or mend the file.</source>
        <translation>動画の患者を選ぶか、ファイルを直してください。</translation>
    </message>
    <message>
        <source>The JSON file beside the clip contradicts the file&apos;s name.</source>
        <translation>付属の JSON ファイルとファイル名が食い違っています。</translation>
    </message>
    <message>
        <source>Choose what is right.</source>
        <translation>正しいものを選んでください。</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>コマ数</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>ノイズ</translation>
    </message>
    <message>
        <source>Drift</source>
        <translation>変動</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>解像度</translation>
    </message>
    <message>
        <source>good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>usable</source>
        <translation>使用可</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>不良</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>{fps:.0f} pictures a second</source>
        <translation>毎秒{fps:.0f}コマ</translation>
    </message>
    <message>
        <source>changes by {level_percent:.0f} %</source>
        <translation>{level_percent:.0f} % 変化</translation>
    </message>
    <message>
        <source>{noise_levels:.1f} grey levels</source>
        <translation>{noise_levels:.1f} 階調</translation>
    </message>
    <message>
        <source>as sharp as {effective_height_px:.0f} lines</source>
        <translation>{effective_height_px:.0f} 本相当の鮮明さ</translation>
    </message>
    <message>
        <source>Pictures come often and evenly.</source>
        <translation>コマ数は十分で、間隔も一定です。</translation>
    </message>
    <message>
        <source>Brightness and colour stay as they are when paper is held up.</source>
        <translation>紙をかざしても明るさと色は変わりません。</translation>
    </message>
    <message>
        <source>Single pictures are calm.</source>
        <translation>1コマごとのざらつきは小さいです。</translation>
    </message>
    <message>
        <source>The light stayed the same all the time.</source>
        <translation>光は検査中ずっと一定でした。</translation>
    </message>
    <message>
        <source>Fine lines are sharp.</source>
        <translation>細い線まで鮮明です。</translation>
    </message>
    <message>
        <source>Too few pictures come in a second.</source>
        <translation>1秒あたりのコマ数が足りません。</translation>
    </message>
    <message>
        <source>Give the room more light, or plug the camera straight into the computer.</source>
        <translation>部屋を明るくするか、カメラをパソコンに直接つないでください。</translation>
    </message>
    <message>
        <source>Pictures failed to come for {longest_gap_ms:.0f} ms.</source>
        <translation>映像が {longest_gap_ms:.0f} ミリ秒途切れました。</translation>
    </message>
    <message>
        <source>Plug the camera straight into the computer, and close other programs.</source>
        <translation>カメラをパソコンに直接つなぎ、ほかのプログラムを閉じてください。</translation>
    </message>
    <message>
        <source>The lock holds, but the camera does not say so.</source>
        <translation>固定は効いていますが、カメラからの確認がありません。</translation>
    </message>
    <message>
        <source>Nothing needs to be done. Test again when the camera or computer changes.</source>
        <translation>対処は不要です。カメラやパソコンを替えたときに再検査してください。</translation>
    </message>
    <message>
        <source>The picture got darker or brighter when paper was held up.</source>
        <translation>紙をかざすと映像の明るさが変わりました。</translation>
    </message>
    <message>
        <source>Switch off automatic exposure in the camera&apos;s own program.</source>
        <translation>カメラ付属のプログラムで自動露出を切ってください。</translation>
    </message>
    <message>
        <source>The colours changed when paper was held up.</source>
        <translation>紙をかざすと色が変わりました。</translation>
    </message>
    <message>
        <source>Switch off automatic white balance in the camera&apos;s own program.</source>
        <translation>カメラ付属のプログラムで自動ホワイトバランスを切ってください。</translation>
    </message>
    <message>
        <source>No white paper was seen in the middle of the picture.</source>
        <translation>画面の中央に白い紙が見えませんでした。</translation>
    </message>
    <message>
        <source>Test again, and hold the sheet up until the program says otherwise.</source>
        <translation>再検査し、次の表示が出るまで紙をかざしてください。</translation>
    </message>
    <message>
        <source>The picture is grainy.</source>
        <translation>映像がざらついています。</translation>
    </message>
    <message>
        <source>Give the room more light.</source>
        <translation>部屋を明るくしてください。</translation>
    </message>
    <message>
        <source>One picture is exactly like the next, which no real camera does.</source>
        <translation>前後のコマが完全に同じです。実際のカメラではありえません。</translation>
    </message>
    <message>
        <source>Switch off noise reduction or still-picture modes of the camera.</source>
        <translation>カメラのノイズ除去や静止画モードを切ってください。</translation>
    </message>
    <message>
        <source>Brightness changed during the test.</source>
        <translation>検査中に明るさが変わりました。</translation>
    </message>
    <message>
        <source>Close the blinds against sun and clouds, and use the room&apos;s own lamps.</source>
        <translation>ブラインドを閉めて日差しの変化を避け、室内の照明を使ってください。</translation>
    </message>
    <message>
        <source>Colours changed during the test.</source>
        <translation>検査中に色が変わりました。</translation>
    </message>
    <message>
        <source>Let lamps warm up, and keep daylight out.</source>
        <translation>照明が安定するまで待ち、外光を遮ってください。</translation>
    </message>
    <message>
        <source>The lamps flicker in the picture.</source>
        <translation>照明のちらつきが映っています。</translation>
    </message>
    <message>
        <source>Set the camera to the mains frequency, 50 or 60 Hz, or use other lamps.</source>
        <translation>カメラを電源周波数(50または60 Hz)に合わせるか、別の照明を使ってください。</translation>
    </message>
    <message>
        <source>Fine lines are not sharp enough.</source>
        <translation>細い線の鮮明さが足りません。</translation>
    </message>
    <message>
        <source>Clean the lens, focus at arm&apos;s length, or use a camera with 1080 lines.</source>
        <translation>レンズを拭き、腕の長さほどの距離にピントを合わせるか、1080本のカメラを使ってください。</translation>
    </message>
    <message>
        <source>Nothing in the picture had clear edges.</source>
        <translation>映像にはっきりした輪郭がありませんでした。</translation>
    </message>
    <message>
        <source>Test again with somebody, or a printed page, before the camera.</source>
        <translation>カメラの前に人か印刷物を置いて再検査してください。</translation>
    </message>
    <message>
        <source>Of this network camera only small pictures can be looked at here.</source>
        <translation>このネットワークカメラは、ここでは縮小映像しか確認できません。</translation>
    </message>
    <message>
        <source>Judge sharpness in the first recording.</source>
        <translation>鮮明さは最初の録画で確認してください。</translation>
    </message>
    <message>
        <source>Too few pictures came to tell.</source>
        <translation>判定できるだけの映像が届きませんでした。</translation>
    </message>
    <message>
        <source>Test again.</source>
        <translation>再検査してください。</translation>
    </message>
    <message>
        <source>Added a patient</source>
        <translation>患者を追加</translation>
    </message>
    <message>
        <source>Changed the photo</source>
        <translation>写真を変更</translation>
    </message>
    <message>
        <source>Changed days, shift or bed</source>
        <translation>曜日・クール・ベッドを変更</translation>
    </message>
    <message>
        <source>Planned a single day</source>
        <translation>1日だけの予定を変更</translation>
    </message>
    <message>
        <source>Set the dry weight</source>
        <translation>ドライウェイトを設定</translation>
    </message>
    <message>
        <source>Changed the list of wheelchairs</source>
        <translation>車椅子の一覧を変更</translation>
    </message>
    <message>
        <source>Opened a session</source>
        <translation>透析を開始</translation>
    </message>
    <message>
        <source>Entered a weight</source>
        <translation>体重を入力</translation>
    </message>
    <message>
        <source>Changed the planned hours</source>
        <translation>予定時間を変更</translation>
    </message>
    <message>
        <source>Began a recording</source>
        <translation>録画を開始</translation>
    </message>
    <message>
        <source>Ended a recording</source>
        <translation>録画を終了</translation>
    </message>
    <message>
        <source>Began to take in a clip</source>
        <translation>動画の取り込みを開始</translation>
    </message>
    <message>
        <source>Took in a clip</source>
        <translation>動画を取り込み</translation>
    </message>
    <message>
        <source>Noted how a clip stands</source>
        <translation>動画の状態を記録</translation>
    </message>
    <message>
        <source>Moved a clip to another patient, session or phase</source>
        <translation>動画を別の患者・透析・時点に移動</translation>
    </message>
    <message>
        <source>Deleted a clip</source>
        <translation>動画を削除</translation>
    </message>
    <message>
        <source>Took a deleted clip back</source>
        <translation>削除した動画を元に戻した</translation>
    </message>
    <message>
        <source>Destroyed clips that were deleted</source>
        <translation>削除済みの動画を破棄</translation>
    </message>
    <message>
        <source>Said what went before a clip</source>
        <translation>動画の直前のできごとを記録</translation>
    </message>
    <message>
        <source>Analysed a clip and estimated</source>
        <translation>動画を解析して推定</translation>
    </message>
    <message>
        <source>Estimated anew</source>
        <translation>推定をやり直した</translation>
    </message>
    <message>
        <source>Refused a clip</source>
        <translation>動画を推定不可とした</translation>
    </message>
    <message>
        <source>Analysed a clip with another model</source>
        <translation>別のモデルで動画を解析</translation>
    </message>
    <message>
        <source>Checked stored clips</source>
        <translation>保存した動画を点検</translation>
    </message>
    <message>
        <source>Wrote a note</source>
        <translation>記録を書いた</translation>
    </message>
    <message>
        <source>Corrected a note</source>
        <translation>記録を訂正した</translation>
    </message>
    <message>
        <source>Judged a face</source>
        <translation>顔を判定した</translation>
    </message>
    <message>
        <source>Found a file in the inbox</source>
        <translation>受信箱でファイルを見つけた</translation>
    </message>
    <message>
        <source>Worked on a file of the inbox</source>
        <translation>受信箱のファイルを処理</translation>
    </message>
    <message>
        <source>Forgot a file of the inbox</source>
        <translation>受信箱のファイルの記録を消去</translation>
    </message>
    <message>
        <source>Tested a camera</source>
        <translation>カメラをテスト</translation>
    </message>
    <message>
        <source>Set up a network camera</source>
        <translation>ネットワークカメラを設定</translation>
    </message>
    <message>
        <source>Came to know a model</source>
        <translation>モデルを登録</translation>
    </message>
    <message>
        <source>Trained a model on patients</source>
        <translation>患者のデータでモデルを学習</translation>
    </message>
    <message>
        <source>Installed a model</source>
        <translation>モデルを導入</translation>
    </message>
    <message>
        <source>Removed a model</source>
        <translation>モデルを削除</translation>
    </message>
    <message>
        <source>Changed the model in use</source>
        <translation>使用するモデルを変更</translation>
    </message>
    <message>
        <source>Went back to an earlier model</source>
        <translation>以前のモデルに戻した</translation>
    </message>
    <message>
        <source>Trusted a signer of models</source>
        <translation>モデルの署名者を信頼</translation>
    </message>
    <message>
        <source>No longer trusted a signer of models</source>
        <translation>モデルの署名者の信頼を取り消し</translation>
    </message>
    <message>
        <source>Began to train a model</source>
        <translation>モデルの学習を開始</translation>
    </message>
    <message>
        <source>Ended the training of a model</source>
        <translation>モデルの学習を終了</translation>
    </message>
    <message>
        <source>Imported a session of a study</source>
        <translation>研究の透析を取り込み</translation>
    </message>
    <message>
        <source>Added a user</source>
        <translation>ユーザーを追加</translation>
    </message>
    <message>
        <source>Changed a user</source>
        <translation>ユーザーを変更</translation>
    </message>
    <message>
        <source>Gave a user a new password</source>
        <translation>ユーザーのパスワードを再設定</translation>
    </message>
    <message>
        <source>Changed the own password</source>
        <translation>自分のパスワードを変更</translation>
    </message>
    <message>
        <source>Changed a setting of the clinic</source>
        <translation>施設の設定を変更</translation>
    </message>
    <message>
        <source>Changed the key of all data</source>
        <translation>全データの鍵を変更</translation>
    </message>
    <message>
        <source>Made a new recovery code</source>
        <translation>新しい復旧コードを作成</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>サインイン</translation>
    </message>
    <message>
        <source>Somebody failed to sign in</source>
        <translation>サインインの失敗</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>サインアウト</translation>
    </message>
    <message>
        <source>Left the desk locked</source>
        <translation>画面をロック</translation>
    </message>
    <message>
        <source>Unlocked the desk</source>
        <translation>画面のロックを解除</translation>
    </message>
    <message>
        <source>Looked at a patient</source>
        <translation>患者の記録を閲覧</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>Exported patients under codes</source>
        <translation>患者を研究用コードで書き出した</translation>
    </message>
    <message>
        <source>Exported patients with their names</source>
        <translation>患者を氏名付きで書き出した</translation>
    </message>
    <message>
        <source>Exported a study with clips</source>
        <translation>動画つきの研究フォルダを書き出した</translation>
    </message>
    <message>
        <source>Printed or copied</source>
        <translation>印刷またはコピー</translation>
    </message>
    <message>
        <source>Made a report about a patient</source>
        <translation>患者のレポートを作成</translation>
    </message>
    <message>
        <source>Made a report about agreement</source>
        <translation>一致度のレポートを作成</translation>
    </message>
    <message>
        <source>The clock of this PC was set</source>
        <translation>このPCの時計が変更された</translation>
    </message>
    <message>
        <source>Noted a consent</source>
        <translation>同意を記録</translation>
    </message>
    <message>
        <source>Noted a withdrawal of consent</source>
        <translation>同意の取り消しを記録</translation>
    </message>
    <message>
        <source>Changed a consent text</source>
        <translation>同意文を変更</translation>
    </message>
    <message>
        <source>Looked for clips and patients whose time is over</source>
        <translation>保存期間の過ぎた動画と患者を確認</translation>
    </message>
    <message>
        <source>Noted that a patient&apos;s records may be erased</source>
        <translation>患者の記録を消去できることを記録</translation>
    </message>
    <message>
        <source>Dropped full clips whose days are over</source>
        <translation>期間の過ぎた動画を破棄</translation>
    </message>
    <message>
        <source>Destroyed a patient&apos;s pictures</source>
        <translation>患者の画像を破棄</translation>
    </message>
    <message>
        <source>Erased a patient</source>
        <translation>患者を消去</translation>
    </message>
    <message>
        <source>Restored a backup</source>
        <translation>バックアップから復元</translation>
    </message>
    <message>
        <source>Was refused</source>
        <translation>許可されなかった操作</translation>
    </message>
    <message>
        <source>Made a key that signs the record</source>
        <translation>記録に署名する鍵を作成</translation>
    </message>
    <message>
        <source>Verified the record of acts</source>
        <translation>操作記録を検証</translation>
    </message>
    <message>
        <source>Asked for patients</source>
        <translation>患者の照会</translation>
    </message>
    <message>
        <source>Asked for users</source>
        <translation>ユーザーの照会</translation>
    </message>
    <message>
        <source>Asked for the record of acts</source>
        <translation>操作記録の照会</translation>
    </message>
    <message>
        <source>Asked whether the record of acts is whole</source>
        <translation>操作記録に異常がないかの照会</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>体重</translation>
    </message>
    <message>
        <source>Dry weight</source>
        <translation>ドライウェイト</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>Day of the session</source>
        <translation>透析の日</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>透析</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>時点</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>動画</translation>
    </message>
    <message>
        <source>Plan of the day</source>
        <translation>その日の予定</translation>
    </message>
    <message>
        <source>Planned hours</source>
        <translation>予定時間</translation>
    </message>
    <message>
        <source>Weekdays</source>
        <translation>曜日</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>クール</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>役割</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>無効</translation>
    </message>
    <message>
        <source>Act {row} of the record was changed after it was written.</source>
        <translation>記録の操作 {row} が、書かれた後に変更されています。</translation>
    </message>
    <message>
        <source>Keep this PC and the backups as they are, and ask who can look into it.</source>
        <translation>このPCとバックアップをそのままにして、調べられる人に相談してください。</translation>
    </message>
    <message>
        <source>Act {row} of the record is missing.</source>
        <translation>記録の操作 {row} がありません。</translation>
    </message>
    <message>
        <source>Act {row} is told otherwise in another place of the database.</source>
        <translation>操作 {row} が、データベースの別の場所の内容と一致しません。</translation>
    </message>
    <message>
        <source>The record was cut off or made anew: it does not fit the head signed at act {row}.</source>
        <translation>記録が切り詰められたか作り直されています。操作 {row} で署名された照合コードと一致しません。</translation>
    </message>
    <message>
        <source>The signed head of act {row} does not bear a signature of this record.</source>
        <translation>操作 {row} の照合コードに、この記録の署名がありません。</translation>
    </message>
    <message>
        <source>Put audit.heads of the newest backup beside the database, then verify again.</source>
        <translation>最新のバックアップの audit.heads をデータベースと同じフォルダに置き、もう一度検証してください。</translation>
    </message>
    <message>
        <source>The file with the signed heads of the record is gone.</source>
        <translation>署名された照合コードのファイルがありません。</translation>
    </message>
    <message>
        <source>A value that act {row} wrote was changed past the program.</source>
        <translation>操作 {row} で書かれた値が、プログラムを通さずに変更されています。</translation>
    </message>
    <message>
        <source>A value that act {row} wrote is missing.</source>
        <translation>操作 {row} で書かれた値がありません。</translation>
    </message>
</context>
<context>
    <name>worklist</name>
    <message>
        <source>Due {time}</source>
        <translation>予定 {time}</translation>
    </message>
    <message>
        <source>Done {time}</source>
        <translation>済 {time}</translation>
    </message>
    <message>
        <source>No estimate: {reason}</source>
        <translation>推定不可:{reason}</translation>
    </message>
    <message>
        <source>Weight missing</source>
        <translation>体重未入力</translation>
    </message>
    <message>
        <source>Clip missing</source>
        <translation>動画なし</translation>
    </message>
    <message>
        <source>Being analysed</source>
        <translation>解析中</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>予定</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>まだ</translation>
    </message>
</context>
</TS>
