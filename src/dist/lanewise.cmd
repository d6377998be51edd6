@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Starts Lanewise on Windows with the Java of the archive, of JAVA_HOME or of the path: 25 or later.
setlocal
set "home=%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if exist "%home%\runtime\bin\java.exe" set "java=%home%\runtime\bin\java.exe"
"%java%" --add-modules jdk.incubator.vector -XX:+UseSerialGC -XX:Tier3DelayOn=100 %LANEWISE_JAVA_OPTS% -jar "%home%\lib\lanewise.jar" %*
exit /b %errorlevel%
