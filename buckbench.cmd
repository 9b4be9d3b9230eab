@echo off
rem buckbench COMMAND: compiles what has changed and starts the command line without Maven. Untried: written without a Windows machine.
rem buckbench -Pgpu COMMAND: the same with PyTorch for CUDA.
setlocal EnableExtensions
set "HERE=%~dp0"
set "OUT=%HERE%target\launcher"
set "PROFILE="
set "PROPERTIES="
set "ARGS=%*"
if /i not "%PROCESSOR_ARCHITECTURE%"=="AMD64" (
  echo error: buckbench: found Windows on %PROCESSOR_ARCHITECTURE%, expected Windows on x86_64; PyTorch 2.5.1 has no libraries for this machine, so nothing was downloaded 1>&2
  exit /b 3
)
if "%~1"=="-Pgpu" (
  set "PROFILE=-Pgpu"
  set "PROPERTIES=-Dbuckbench.device=gpu -Dbuckbench.heap=6g -Dbuckbench.runs=runs -Dbuckbench.reuse=SAME_INPUTS"
  set "OUT=%HERE%target\launcher-gpu"
  call set "ARGS=%%ARGS:*-Pgpu=%%"
)

if not defined JAVA_HOME for /f "delims=" %%J in ('where javac 2^>nul') do if not defined JAVA_HOME for %%K in ("%%~dpJ..") do set "JAVA_HOME=%%~fK"
if not exist "%JAVA_HOME%\bin\javac.exe" (
  echo error: buckbench: found no JDK, expected JDK 17 to 25; install one, or set JAVA_HOME to its folder 1>&2
  exit /b 3
)
set "VERSION="
for /f "usebackq tokens=2 delims==." %%V in (`findstr /b JAVA_VERSION= "%JAVA_HOME%\release"`) do set "VERSION=%%~V"
set "VERSION=%VERSION:"=%"
if %VERSION% LSS 17 (
  echo error: buckbench: found JDK %VERSION% at %JAVA_HOME%, expected JDK 17 to 25; set JAVA_HOME to the folder of a newer one 1>&2
  exit /b 3
)
set "OPTIONS=-Xshare:auto -XX:+UseSerialGC -Djava.awt.headless=true -Xlog:disable"
if %VERSION% GEQ 22 set "OPTIONS=%OPTIONS% --enable-native-access=ALL-UNNAMED"
if %VERSION% GEQ 23 set "OPTIONS=%OPTIONS% --sun-misc-unsafe-memory-access=allow"

powershell -NoProfile -Command "$c = Get-Item '%OUT%\classpath' -ErrorAction SilentlyContinue; if (-not $c) { exit 1 }; if (Get-ChildItem '%HERE%pom.xml', '%HERE%src\main' -Recurse | Where-Object { $_.LastWriteTime -gt $c.LastWriteTime } | Select-Object -First 1) { exit 1 }"
if errorlevel 1 (
  call :build
  if errorlevel 1 exit /b 3
)
rem The class path is too long for a variable; it is an argument file of the JVM.
set "CP=@%OUT%\classpath"
if not exist "%OUT%\jdk-%VERSION%.jsa" "%JAVA_HOME%\bin\java" %OPTIONS% "-XX:ArchiveClassesAtExit=%OUT%\jdk-%VERSION%.jsa" "%CP%" io.buckbench.cli.BuckBench --help >nul 2>&1
if exist "%OUT%\jdk-%VERSION%.jsa" set "OPTIONS=%OPTIONS% "-XX:SharedArchiveFile=%OUT%\jdk-%VERSION%.jsa""
if not defined DJL_OFFLINE set "DJL_OFFLINE=true"
"%JAVA_HOME%\bin\java" %OPTIONS% %PROPERTIES% "%CP%" io.buckbench.cli.BuckBench %ARGS%
exit /b %ERRORLEVEL%

:build
echo buckbench: compiling; the next start takes less than a second 1>&2
if not exist "%OUT%" mkdir "%OUT%"
del /q "%OUT%\classpath" "%OUT%\*.jsa" 2>nul
pushd "%HERE%"
call mvnw.cmd -o -B -ntp -q %PROFILE% -Dspotless.check.skip=true "-Dmdep.outputFile=%OUT%\dependencies" compile dependency:build-classpath >"%OUT%\build.log" 2>&1
if errorlevel 1 call mvnw.cmd -B -ntp -q %PROFILE% -Dspotless.check.skip=true "-Dmdep.outputFile=%OUT%\dependencies" compile dependency:build-classpath
if errorlevel 1 (
  popd
  echo error: buckbench: found a build that failed, expected a program that compiles; correct what Maven reports above 1>&2
  exit /b 1
)
popd
"%JAVA_HOME%\bin\jar" --create --no-manifest --no-compress --file "%OUT%\buckbench.jar" -C "%HERE%target\classes" .
if errorlevel 1 exit /b 1
powershell -NoProfile -Command "$d = (Get-Content -Raw '%OUT%\dependencies').Trim(); Set-Content -NoNewline '%OUT%\classpath' ('-cp ' + [char]34 + ('%OUT%\buckbench.jar;' + $d).Replace('\', '/') + [char]34)"
if errorlevel 1 exit /b 1
exit /b 0
